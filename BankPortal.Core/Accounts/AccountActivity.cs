using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Accounts;

/// <summary>
/// The rolling window of an account's recent movements, stored in the account's own row and written in the same commit as the money.
/// Limits and velocity rules therefore need no further read and are exact under concurrency. Immutable; all sums are in minor units of
/// the account's currency. The size is bounded: however busy the account, it keeps 24 hours, 48 hours of cash, 30 days,
/// <see cref="MaxRecentDebits"/> debits and <see cref="MaxParties"/> parties each way. A window of N hours is the current clock hour and
/// the N before it, a window of N days is the current day (UTC) and the N before it: never shorter than its name, and at most one hour or
/// one day longer.
/// </summary>
public sealed record AccountActivity
{
    /// <summary>How many clock hours before the current one the hourly buckets reach back.</summary>
    public const int WindowHours = 24;

    /// <summary>How many clock hours before the current one the hourly buckets reach back for cash.</summary>
    public const int CashHours = 48;

    /// <summary>How many days (UTC) before the current one the daily buckets reach back.</summary>
    public const int WindowDays = 30;

    /// <summary>How many debits of the last hour are kept individually.</summary>
    public const int MaxRecentDebits = 12;

    /// <summary>How many distinct senders, and how many distinct receivers, of the last 24 hours are kept.</summary>
    public const int MaxParties = 16;

    /// <summary>The amount in major units from which a movement counts as high value (the CTR threshold of 31 CFR 1010.311).</summary>
    public const decimal HighValue = 10_000m;

    /// <summary>The largest debit, in major units, that counts as tiny.</summary>
    public const decimal TinyAmount = 5m;

    /// <summary>A cash amount from this share of the reporting threshold up to the threshold counts as just below it.</summary>
    public const decimal NearLimitShare = 0.8m;

    /// <summary>How long after a debit an identical one counts as a likely duplicate.</summary>
    public static readonly TimeSpan DuplicateWindow = TimeSpan.FromMinutes(5);

    /// <summary>How long a debit is kept individually, and how long incoming money counts as recently received.</summary>
    public static readonly TimeSpan RecentWindow = TimeSpan.FromHours(1);

    /// <summary>The activity of a new account.</summary>
    public static AccountActivity None { get; } = new();

    /// <summary>
    /// One bucket for each clock hour (UTC) with movements, oldest first: the current hour and <see cref="WindowHours"/> before it; of
    /// the hours before those, to <see cref="CashHours"/>, only what was cash.
    /// </summary>
    public ImmutableArray<ActivityBucket> Hours { get; init; } = [];

    /// <summary>One bucket for each day (UTC) with movements, oldest first: the current day and <see cref="WindowDays"/> before
    /// it.</summary>
    public ImmutableArray<ActivityBucket> Days { get; init; } = [];

    /// <summary>The bank's calendar day that <see cref="LimitUsed"/> refers to.</summary>
    public DateOnly LimitDay { get; init; }

    /// <summary>How much of the daily limit is used on <see cref="LimitDay"/>; minor units.</summary>
    public long LimitUsed { get; init; }

    /// <summary>The debits of the last hour, newest first.</summary>
    public ImmutableArray<RecentDebit> RecentDebits { get; init; } = [];

    /// <summary>The customers that money came from or went to in the last 24 hours, newest first.</summary>
    public ImmutableArray<RecentParty> Parties { get; init; } = [];

    /// <summary>Money that came in within the last hour; <see langword="null"/> when none did.</summary>
    public Inflow? Inflow { get; init; }

    /// <summary>Returns how much of the daily limit is used on <paramref name="day"/>, in minor units.</summary>
    public long LimitUsedOn(DateOnly day) => day == LimitDay ? LimitUsed : 0;

    /// <summary>Returns the window with one more movement.</summary>
    public AccountActivity With(Movement movement)
    {
        var hour = HourOf(movement.At);
        return this with
        {
            Hours = AddToHours(movement, hour),
            Days = AddToDays(movement, hour / 24),
            RecentDebits = movement.Amount.IsNegative ? Remember(movement) : RecentDebits,
            Parties = movement.IsWithCustomer ? Meet(movement, hour) : Parties,
            Inflow = Flow(movement),
        };
    }

    /// <summary>Returns the window with <paramref name="amount"/> more of the daily limit used; a negative amount gives limit
    /// back.</summary>
    public AccountActivity WithLimitUse(DateOnly day, long amount) =>
        this with { LimitDay = day, LimitUsed = Math.Max(0, LimitUsedOn(day) + amount) };

    /// <summary>Returns the debit of the same amount to the same account within <see cref="DuplicateWindow"/> before
    /// <paramref name="now"/>, if any.</summary>
    public RecentDebit? FindDuplicate(DateTimeOffset now, Money amount, string counterparty)
    {
        uint? mark = null;
        foreach (var debit in RecentDebits)
        {
            if (debit.At > now - DuplicateWindow
                && debit.Amount == amount.MinorUnits
                && debit.Party == (mark ??= PartyMark.Of(counterparty)))
            {
                return debit;
            }
        }

        return null;
    }

    /// <summary>Sums the movements of the current clock hour and the <paramref name="hours"/> before it (<see cref="WindowHours"/> at
    /// most).</summary>
    public ActivityBucket SumOfHours(DateTimeOffset now, int hours) => Sum(Hours, HourOf(now) - hours);

    /// <summary>Sums the cash of the current clock hour and the <paramref name="hours"/> before it (<see cref="CashHours"/> at most). Only
    /// the cash figures of the result are complete.</summary>
    public ActivityBucket SumOfCash(DateTimeOffset now, int hours) => Sum(Hours, HourOf(now) - hours);

    /// <summary>Sums the movements of today (UTC) and the <paramref name="days"/> days before it (<see cref="WindowDays"/> at
    /// most).</summary>
    public ActivityBucket SumOfDays(DateTimeOffset now, int days) => Sum(Days, (HourOf(now) / 24) - days);

    /// <summary>Counts the distinct customers' accounts that money went to (receivers) or came from in the current clock hour and the
    /// <see cref="WindowHours"/> before it, up to <see cref="MaxParties"/>.</summary>
    public int CountParties(DateTimeOffset now, bool receivers)
    {
        var from = HourOf(now) - WindowHours;
        return Parties.Count(party => party.IsReceiver == receivers && party.Hour >= from);
    }

    /// <summary>Returns the number of the clock hour (UTC) since 1970.</summary>
    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    /// <summary>Returns whether a cash amount, in major units, is just below the reporting threshold.</summary>
    public static bool IsNearLimit(decimal amount) => amount is >= HighValue * NearLimitShare and < HighValue;

    // There is no upper end: a movement that another node stamped with a clock that is ahead counts too.
    private static ActivityBucket Sum(ImmutableArray<ActivityBucket> buckets, long from)
    {
        var sum = default(ActivityBucket);
        foreach (ref readonly var bucket in buckets.AsSpan())
        {
            if (bucket.Period >= from)
            {
                sum = sum.Plus(bucket);
            }
        }

        return sum;
    }

    private ImmutableArray<ActivityBucket> AddToHours(in Movement movement, long hour)
    {
        var kept = ImmutableArray.CreateBuilder<ActivityBucket>(Hours.Length + 1);
        var current = new ActivityBucket(hour);
        foreach (ref readonly var bucket in Hours.AsSpan())
        {
            if (bucket.Period == hour)
            {
                current = bucket;
            }
            else if (bucket.Period >= hour - 1)
            {
                kept.Add(bucket);
            }
            else if (bucket.Period >= hour - WindowHours)
            {
                kept.Add(bucket.WithoutHourDetails());
            }
            else if (bucket.Period >= hour - CashHours && bucket.Cash > 0)
            {
                kept.Add(bucket.OnlyCash());
            }
        }

        kept.Add(current.With(movement).WithHourDetails(movement));
        return kept.ToImmutable();
    }

    private ImmutableArray<ActivityBucket> AddToDays(in Movement movement, long day)
    {
        var kept = ImmutableArray.CreateBuilder<ActivityBucket>(Days.Length + 1);
        var current = new ActivityBucket(day);
        foreach (ref readonly var bucket in Days.AsSpan())
        {
            if (bucket.Period == day)
            {
                current = bucket;
            }
            else if (bucket.Period >= day - WindowDays)
            {
                kept.Add(bucket);
            }
        }

        kept.Add(current.With(movement));
        return kept.ToImmutable();
    }

    private ImmutableArray<RecentDebit> Remember(Movement movement)
    {
        // Truncated to the millisecond as stored, so that a value in memory equals the same value read back.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(movement.At.ToUnixTimeMilliseconds());
        var kept = ImmutableArray.CreateBuilder<RecentDebit>(Math.Min(RecentDebits.Length + 1, MaxRecentDebits));
        kept.Add(new RecentDebit(at, -movement.Amount.MinorUnits, PartyMark.Of(movement.Counterparty), movement.IsOwn));
        foreach (var debit in RecentDebits)
        {
            if (kept.Count < MaxRecentDebits && debit.At > movement.At - RecentWindow)
            {
                kept.Add(debit);
            }
        }

        return kept.ToImmutable();
    }

    private ImmutableArray<RecentParty> Meet(Movement movement, long hour)
    {
        var met = new RecentParty(hour, PartyMark.Of(movement.Counterparty), movement.Amount.IsNegative);
        var kept = ImmutableArray.CreateBuilder<RecentParty>(Parties.Length + 1);
        kept.Add(met);
        var sameWay = 1;
        foreach (var party in Parties)
        {
            var same = party.IsReceiver == met.IsReceiver;
            if (party.Hour >= hour - WindowHours && !(same && party.Party == met.Party) && (!same || sameWay++ < MaxParties))
            {
                kept.Add(party);
            }
        }

        return kept.ToImmutable();
    }

    private Inflow? Flow(Movement movement)
    {
        var recent = Inflow is { } flow && flow.At > movement.At - RecentWindow ? Inflow : null;
        if (movement.Amount.IsNegative)
        {
            return recent is { } left ? left with { PassedOn = left.PassedOn - movement.Amount.MinorUnits } : null;
        }

        var rest = recent is { } before ? Math.Max(0, before.Amount - before.PassedOn) : 0;
        return new Inflow(
            DateTimeOffset.FromUnixTimeMilliseconds(movement.At.ToUnixTimeMilliseconds()), rest + movement.Amount.MinorUnits, 0);
    }
}

/// <summary>Money received recently and how much of it has left since. Shows accounts that only pass money on (layering, mule
/// accounts).</summary>
/// <param name="At">When the last credit came in.</param>
/// <param name="Amount">That credit plus what remained of the credits in the hour before it; minor units.</param>
/// <param name="PassedOn">How much has left the account since <paramref name="At"/>; minor units.</param>
public readonly record struct Inflow(DateTimeOffset At, long Amount, long PassedOn);

/// <summary>One movement of an account, as input to its activity window.</summary>
/// <param name="At">When it is posted.</param>
/// <param name="Amount">Signed: negative for a debit.</param>
/// <param name="Counterparty">The account on the other side.</param>
/// <param name="IsCash">Whether it is a cash deposit or withdrawal.</param>
/// <param name="IsWithCustomer">Whether the other side is another customer's account, neither the bank's own nor the same
/// owner's.</param>
/// <param name="IsOwn">Whether the other side is an account of the same owner.</param>
public readonly record struct Movement(
    DateTimeOffset At, Money Amount, string Counterparty, bool IsCash = false, bool IsWithCustomer = false, bool IsOwn = false);

/// <summary>
/// A short hash of an account id that tells counterparties apart inside another account's row, at a fifth of the size of the full id. Two
/// different accounts share a hash in one of four thousand million pairs. It is used only for duplicate warnings and for counting
/// distinct parties, never to decide which account is posted to.
/// </summary>
public static class PartyMark
{
    /// <summary>Returns the first 32 bits of the SHA-256 hash of an account id.</summary>
    public static uint Of(string accountId)
    {
        Span<byte> utf8 = stackalloc byte[128];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = accountId.Length <= 40 ? utf8[..Encoding.UTF8.GetBytes(accountId, utf8)] : Encoding.UTF8.GetBytes(accountId);
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}

/// <summary>A debit of the last hour.</summary>
/// <param name="At">When it was posted, to the millisecond.</param>
/// <param name="Amount">In minor units, positive.</param>
/// <param name="Party">The credited account, as hashed by <see cref="PartyMark.Of"/>.</param>
/// <param name="IsOwn">Whether the credited account is of the same owner.</param>
public readonly record struct RecentDebit(DateTimeOffset At, long Amount, uint Party, bool IsOwn = false);

/// <summary>Another customer's account that money came from or went to in the last 24 hours.</summary>
/// <param name="Hour">The clock hour (UTC, since 1970) of the last movement with it.</param>
/// <param name="Party">The account, as hashed by <see cref="PartyMark.Of"/>.</param>
/// <param name="IsReceiver">Whether money went to it; otherwise money came from it.</param>
public readonly record struct RecentParty(long Hour, uint Party, bool IsReceiver);
