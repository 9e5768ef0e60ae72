using BankPortal.Web.Features.Demo;

namespace BankPortal.Tests.Demo;

/// <summary>The history of the demo customers, as it is planned.</summary>
[UnitTest]
public sealed class DemoHistoryTests
{
    private static readonly DateOnly Last = new(2026, 11, 28);
    private static readonly DemoHistory TwoYears = DemoHistory.Of(Last, 730);

    [Fact]
    public void Of_SameLastDay_IsTheSameHistory() =>
        Assert.Equal(TwoYears.Postings, DemoHistory.Of(Last, 730).Postings);

    [Fact]
    public void Of_TwoYears_HasAtLeastFortyCustomersWhoJoinedAllAlong()
    {
        Assert.True(TwoYears.Members.Length >= 40);
        Assert.Equal(TwoYears.Members.Length, TwoYears.Members.Select(member => member.Customer.Email).Distinct().Count());
        for (var month = new DateOnly(2024, 12, 1); month < Last; month = month.AddMonths(3))
        {
            Assert.Contains(TwoYears.Members, member => member.Joined >= month && member.Joined < month.AddMonths(3));
        }

        Assert.Contains(TwoYears.Members, member => member.Joined >= new DateOnly(2026, 11, 1));
        Assert.True(TwoYears.Members.Count(member => member.Left is not null) >= 3);
        Assert.True(TwoYears.Members.Count(member => member.Left is null && member.Quiet < Last.AddDays(-60)) >= 3);
        Assert.Equal(Enum.GetValues<DemoSegment>().Order(), TwoYears.Members.Select(member => member.Customer.Segment).Distinct().Order());
    }

    [Fact]
    public void Of_TwoYears_NobodySpendsMoreThanThereIs()
    {
        var balances = new Dictionary<DemoAccount, decimal>();
        foreach (var posting in TwoYears.Postings)
        {
            Assert.True(posting.Amount > 0);
            if (posting.From is { } from)
            {
                balances[from] = balances.GetValueOrDefault(from) - posting.Amount;
                Assert.True(balances[from] >= 0, $"{from.Customer.Name}, {posting.At:u}");
            }

            if (posting.To is { } to)
            {
                balances[to] = balances.GetValueOrDefault(to) + posting.Amount;
            }
        }

        foreach (var left in TwoYears.Members.Where(member => member.Left is not null))
        {
            Assert.Equal(0, balances.GetValueOrDefault(new DemoAccount(left.Customer, false)));
            Assert.Equal(0, balances.GetValueOrDefault(new DemoAccount(left.Customer, true)));
        }
    }

    [Fact]
    public void Of_TwoYears_IsInOrderAndWithinEachCustomersTime()
    {
        var members = TwoYears.Members.ToDictionary(member => member.Customer);
        DateTimeOffset? before = null;
        foreach (var posting in TwoYears.Postings)
        {
            Assert.True(before is null || posting.At >= before);
            before = posting.At;
            foreach (var account in new[] { posting.From, posting.To }.OfType<DemoAccount>())
            {
                var member = members[account.Customer];
                Assert.True(posting.At >= member.OpenedAt, account.Customer.Name);
                Assert.True(member.ClosedAt is not { } closed || posting.At < closed, account.Customer.Name);
            }
        }

        Assert.True(before < new DateTimeOffset(Last.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        Assert.Equal(Enumerable.Range(0, TwoYears.Postings.Length), TwoYears.Postings.Select(posting => posting.Number));
    }

    [Fact]
    public void Of_TwoYears_SalariesComeOnWorkdays() =>
        Assert.All(
            TwoYears.Postings.Where(posting => posting.Description is "Salary" or "Pension"),
            posting => Assert.True(posting.At.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));

    [Fact]
    public void Of_TwoYears_DepositsGrow()
    {
        decimal Held(DateTimeOffset at) => TwoYears.Postings.Where(posting => posting.At < at)
            .Sum(posting => (posting.To is null ? 0 : posting.Amount) - (posting.From is null ? 0 : posting.Amount));
        var start = new DateTimeOffset(2024, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var quarters = Enumerable.Range(1, 8).Select(i => Held(start.AddMonths(3 * i))).ToList();

        Assert.Equal(quarters.Order(), quarters);
    }

    [Fact]
    public void Of_TwoYears_AnActiveHouseholdHasTwentyToFortyMovementsAMonth()
    {
        var salaried = TwoYears.Members.Where(member => member.Customer.Segment == DemoSegment.Salaried && member.Quiet >= Last).ToList();
        foreach (var member in salaried)
        {
            var months = (Last.DayNumber - member.Joined.DayNumber) / 30.4;
            var count = TwoYears.Postings.Count(posting =>
                posting.From?.Customer == member.Customer || posting.To?.Customer == member.Customer);

            Assert.True(months < 1 || count / months is > 18 and < 42, $"{member.Customer.Name}: {count / months:N1}");
        }
    }

    [Fact]
    public void Of_AMonth_FitsEverybodyIn()
    {
        var month = DemoHistory.Of(Last, 30);

        Assert.Equal(TwoYears.Members.Length, month.Members.Length);
        Assert.All(month.Members, member => Assert.True(member.Joined >= month.First && member.Joined < Last));
    }
}
