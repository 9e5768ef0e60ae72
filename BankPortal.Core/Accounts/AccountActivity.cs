using System.Collections.Immutable;
using BankPortal.Core.Common;

namespace BankPortal.Core.Accounts;

/// <summary>
/// The rolling window of an account's recent movements, carried in the account's own row and written in the same commit
/// as the money. Limits and velocity rules read it without a further look-up and are exact under concurrency. Immutable;
/// all sums are in minor units of the account's currency.
/// </summary>
/// <param name="Hours">One bucket for each of the last 24 clock hours (UTC) with movements, oldest first.</param>
/// <param name="LimitDay">The bank's calendar day that <paramref name="LimitUsed"/> belongs to.</param>
/// <param name="LimitUsed">How much of the daily limit is used on that day.</param>
/// <param name="RecentDebits">The debits of the last few minutes, newest first, to recognise a likely duplicate.</param>
public sealed record AccountActivity(
    ImmutableArray<HourBucket> Hours,
    DateOnly LimitDay,
    long LimitUsed,
    ImmutableArray<RecentDebit> RecentDebits)
{
    /// <summary>How far back the hourly buckets reach, in hours, the current one included.</summary>
    public const int WindowHours = 24;

    /// <summary>An amount in major units from which a movement counts as high value (the CTR threshold of 31 CFR 1010.311).</summary>
    public const decimal HighValue = 10_000m;

    /// <summary>How long a debit is remembered for recognising duplicates.</summary>
    public static readonly TimeSpan DuplicateWindow = TimeSpan.FromMinutes(5);

    // Enough for an honest person's five minutes; keeps the row small when a machine sends hundreds.
    private const int MaxRecentDebits = 8;

    /// <summary>An account without a past.</summary>
    public static AccountActivity None { get; } = new([], DateOnly.MinValue, 0, []);

    /// <summary>How much of the limit is used on <paramref name="day"/>.</summary>
    public long LimitUsedOn(DateOnly day) => day == LimitDay ? LimitUsed : 0;

    /// <summary>The window after a movement.</summary>
    /// <param name="at">When it is posted.</param>
    /// <param name="amount">Signed: negative for a debit.</param>
    /// <param name="counterparty">The account on the other side of the movement.</param>
    public AccountActivity WithMovement(DateTimeOffset at, Money amount, string counterparty)
    {
        var hour = HourOf(at);
        var hours = ImmutableArray.CreateBuilder<HourBucket>(Hours.Length + 1);
        var current = new HourBucket(hour, 0, 0, 0, 0, 0);
        foreach (var bucket in Hours)
        {
            if (bucket.Hour == hour)
            {
                current = bucket;
            }
            else if (bucket.Hour > hour - WindowHours)
            {
                hours.Add(bucket);
            }
        }

        var high = amount.Abs().Amount >= HighValue ? 1 : 0;
        hours.Add(amount.IsNegative
            ? current with { Debits = current.Debits + 1, DebitSum = current.DebitSum - amount.MinorUnits, HighValue = current.HighValue + high }
            : current with { Credits = current.Credits + 1, CreditSum = current.CreditSum + amount.MinorUnits, HighValue = current.HighValue + high });

        return this with
        {
            Hours = hours.ToImmutable(),
            RecentDebits = amount.IsNegative ? Remember(at, -amount.MinorUnits, counterparty) : RecentDebits,
        };
    }

    /// <summary>The window after <paramref name="amount"/> more (or, negative, less) of the daily limit is used.</summary>
    public AccountActivity WithLimitUse(DateOnly day, long amount) =>
        this with { LimitDay = day, LimitUsed = Math.Max(0, LimitUsedOn(day) + amount) };

    /// <summary>A debit of the same amount to the same account within <see cref="DuplicateWindow"/> before <paramref name="now"/>, if any.</summary>
    public RecentDebit? FindDuplicate(DateTimeOffset now, Money amount, string counterparty)
    {
        foreach (var debit in RecentDebits)
        {
            if (debit.At > now - DuplicateWindow && debit.Amount == amount.MinorUnits && string.Equals(debit.Counterparty, counterparty, StringComparison.Ordinal))
            {
                return debit;
            }
        }

        return null;
    }

    /// <summary>The number of the clock hour (UTC) since 1970.</summary>
    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    private ImmutableArray<RecentDebit> Remember(DateTimeOffset at, long amount, string counterparty) =>
        [new RecentDebit(at, amount, counterparty), .. RecentDebits.Where(d => d.At > at - DuplicateWindow).Take(MaxRecentDebits - 1)];
}
