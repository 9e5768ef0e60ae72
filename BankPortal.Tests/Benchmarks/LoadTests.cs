using BankPortal.Bench;

namespace BankPortal.Tests.Benchmarks;

/// <summary>The loads of the benchmarks are what their names say.</summary>
[UnitTest]
public sealed class LoadTests
{
    private const int Draws = 20_000;
    private static readonly ImmutableArray<Account> Accounts = [.. Enumerable.Range(0, 100).Select(New)];

    [Theory]
    [InlineData(Load.Uniform)]
    [InlineData(Load.Zipf)]
    [InlineData(Load.IntoOne)]
    [InlineData(Load.OutOfOne)]
    public void Orders_OfAnyLoad_MoveBetweenTwoAccountsUnderKeysOfTheirOwn(string kind)
    {
        var orders = new Load(kind, Accounts).Orders(4, 50).SelectMany(each => each).ToList();

        Assert.Equal(200, orders.Count);
        Assert.All(orders, order => Assert.NotEqual(order.DebitAccountId, order.CreditAccountId));
        Assert.Equal(200, orders.Select(order => order.TransferId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Draw_OneAccount_IsInEveryOne()
    {
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.Equal(0, new Load(Load.IntoOne, Accounts).Draw(random).To));
        Assert.All(Enumerable.Range(0, 500), _ => Assert.Equal(0, new Load(Load.OutOfOne, Accounts).Draw(random).From));
    }

    [Fact]
    public void Draw_Zipf_TakesTheNthAccountAnNthAsOften()
    {
        var counts = Count(Load.Zipf);

        // 1 / (1 + 1/2 + ... + 1/100) of all draws is 0.193; leaving out pairs of the same two takes a little from the first.
        Assert.InRange(counts[0] / (2.0 * Draws), 0.16, 0.20);
        Assert.InRange(counts[0] / (double)counts[9], 7, 11);
    }

    [Fact]
    public void Draw_Uniform_TakesAllAlike() => Assert.All(Count(Load.Uniform), count => Assert.InRange(count, 300, 500));

    private static int[] Count(string kind)
    {
        var (load, random, counts) = (new Load(kind, Accounts), new Random(7), new int[Accounts.Length]);
        for (var i = 0; i < Draws; i++)
        {
            var (from, to) = load.Draw(random);
            counts[from]++;
            counts[to]++;
        }

        return counts;
    }

    private static Account New(int number) => new()
    {
        Id = DerivedId.From("load", number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        OwnerId = $"owner-{number}",
        Number = AccountNumber.Random(),
        Type = AccountType.Checking,
        Currency = Currency.Usd,
        Balance = Money.Zero(Currency.Usd),
        Held = Money.Zero(Currency.Usd),
        Overdraft = Money.Zero(Currency.Usd),
        OpenedAt = DateTimeOffset.UnixEpoch,
        Version = 1,
    };
}
