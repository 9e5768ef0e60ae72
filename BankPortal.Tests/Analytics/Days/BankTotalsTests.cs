using BankPortal.Core.Analytics.Days;

namespace BankPortal.Tests.Analytics.Days;

/// <summary>Totals that can be added.</summary>
[UnitTest]
public sealed class BankTotalsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Plus_PartsInAnyOrder_EqualsTheWhole()
    {
        var transfers = Enumerable.Range(0, 50).Select(i => SampleTransfers.Make(i, At.AddMinutes(i * 17), 1 + i)).ToList();
        var whole = Sum(transfers);

        var parts = transfers.Chunk(7).Reverse().Select(part => Sum(part.Reverse())).Aggregate(BankTotals.None, (sum, p) => sum.Plus(p));

        Assert.Equal(whole, parts);
        Assert.Equal(whole.GetHashCode(), parts.GetHashCode());
        Assert.Equal(whole, whole.Plus(BankTotals.None));
    }

    [Fact]
    public void Checksum_AmountsExchangedBetweenEntries_Differs()
    {
        var one = Sum([SampleTransfers.Make(1, At, 10), SampleTransfers.Make(2, At, 20)]);
        var two = Sum([SampleTransfers.Make(1, At, 20), SampleTransfers.Make(2, At, 10)]);

        Assert.Equal(one.All, two.All);
        Assert.NotEqual(one.Checksum, two.Checksum);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Plus_MoreThanALongHolds_IsAFault() =>
        Assert.Throws<OverflowException>(() => new FlowSum(long.MaxValue, 0, 1, 0).Plus(1));

    private static BankTotals Sum(IEnumerable<Transfer> transfers)
    {
        var sum = new BankTotals.Builder();
        foreach (var transfer in transfers)
        {
            sum.Add(transfer, "account-b", AccountType.Savings, isCredit: true, transfer.PostedAt!.Value.DateTime, At.DateTime);
        }

        return sum.ToTotals();
    }
}
