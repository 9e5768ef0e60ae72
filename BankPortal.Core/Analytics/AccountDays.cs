namespace BankPortal.Core.Analytics;

/// <summary>The day summaries of an account from one day up to its last entry.</summary>
/// <param name="Account">The account.</param>
/// <param name="From">The first day of the range.</param>
/// <param name="Opening">The balance at the start of the first day.</param>
/// <param name="Days">The days with entries, in order.</param>
public sealed record AccountDays(Account Account, DateOnly From, Money Opening, ImmutableArray<AccountDay> Days)
{
    /// <summary>Returns the balance at the end of each day from <paramref name="first"/> to <paramref name="last"/>, days without entries
    /// included.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is before the range.</exception>
    public ImmutableArray<Money> ClosingsOf(DateOnly first, DateOnly last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, From);
        var closings = ImmutableArray.CreateBuilder<Money>();
        var balance = Opening;
        var next = 0;
        for (var day = From; day <= last; day = day.AddDays(1))
        {
            while (next < Days.Length && Days[next].Day <= day)
            {
                balance = Days[next++].Closing;
            }

            if (day >= first)
            {
                closings.Add(balance);
            }
        }

        return closings.ToImmutable();
    }
}
