using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Accounts;

/// <summary>
/// The rolling window of an account's recent movements, carried in the account's own row and written in the same commit
/// as the money. Limits and velocity rules read it without a further look-up and are exact under concurrency. Immutable;
/// all sums are in minor units of the account's currency. It is bounded: however busy the account, it keeps 24 hours, 30
/// days, <see cref="MaxRecentDebits"/> debits and <see cref="MaxParties"/> parties each way.
/// </summary>
public sealed record AccountActivity
{
    /// <summary>How far back the hourly buckets reach, in hours, the current one included.</summary>
    public const int WindowHours = 24;

    /// <summary>How far back the daily buckets reach, in days (UTC), the current one included.</summary>
    public const int WindowDays = 30;

    /// <summary>How many debits of the last hour are remembered one by one.</summary>
    public const int MaxRecentDebits = 12;

    /// <summary>How many senders, and how many receivers, of the last 24 hours are told apart.</summary>
    public const int MaxParties = 16;

    /// <summary>An amount in major units from which a movement counts as high value (the CTR threshold of 31 CFR 1010.311).</summary>
    public const decimal HighValue = 10_000m;

    /// <summary>From which share of the reporting limit on, and below it, a cash amount counts as just under it.</summary>
    public const decimal NearLimitShare = 0.8m;

    /// <summary>How long after a debit the same one again counts as a likely duplicate.</summary>
    public static readonly TimeSpan DuplicateWindow = TimeSpan.FromMinutes(5);

    /// <summary>How long a debit is remembered by itself, and how long money that came in counts as just received.</summary>
    public static readonly TimeSpan RecentWindow = TimeSpan.FromHours(1);

    /// <summary>An account without a past.</summary>
    public static AccountActivity None { get; } = new();

    /// <summary>One bucket for each of the last <see cref="WindowHours"/> clock hours (UTC) with movements, oldest first.</summary>
    public ImmutableArray<ActivityBucket> Hours { get; init; } = [];

    /// <summary>One bucket for each of the last <see cref="WindowDays"/> days (UTC) with movements, oldest first.</summary>
    public ImmutableArray<ActivityBucket> Days { get; init; } = [];

    /// <summary>The bank's calendar day that <see cref="LimitUsed"/> belongs to.</summary>
    public DateOnly LimitDay { get; init; }

    /// <summary>How much of the daily limit is used on that day.</summary>
    public long LimitUsed { get; init; }

    /// <summary>The debits of the last hour, newest first.</summary>
    public ImmutableArray<RecentDebit> RecentDebits { get; init; } = [];

    /// <summary>The customers money came from and went to in the last 24 hours, newest first.</summary>
    public ImmutableArray<RecentParty> Parties { get; init; } = [];

    /// <summary>Money that came in within the last hour; <see langword="null"/> when none did.</summary>
    public Inflow? Inflow { get; init; }

    /// <summary>How much of the limit is used on <paramref name="day"/>.</summary>
    public long LimitUsedOn(DateOnly day) => day == LimitDay ? LimitUsed : 0;

    /// <summary>The window after a movement.</summary>
    public AccountActivity With(Movement movement)
    {
        var hour = HourOf(movement.At);
        return this with
        {
            Hours = Add(Hours, movement, hour, WindowHours),
            Days = Add(Days, movement, hour / 24, WindowDays),
            RecentDebits = movement.Amount.IsNegative ? Remember(movement) : RecentDebits,
            Parties = movement.IsWithCustomer ? Meet(movement, hour) : Parties,
            Inflow = Flow(movement),
        };
    }

    /// <summary>The window after <paramref name="amount"/> more (or, negative, less) of the daily limit is used.</summary>
    public AccountActivity WithLimitUse(DateOnly day, long amount) =>
        this with { LimitDay = day, LimitUsed = Math.Max(0, LimitUsedOn(day) + amount) };

    /// <summary>A debit of the same amount to the same account within <see cref="DuplicateWindow"/> before <paramref name="now"/>, if any.</summary>
    public RecentDebit? FindDuplicate(DateTimeOffset now, Money amount, string counterparty)
    {
        uint? mark = null;
        foreach (var debit in RecentDebits)
        {
            if (debit.At > now - DuplicateWindow && debit.Amount == amount.MinorUnits && debit.Party == (mark ??= PartyMark.Of(counterparty)))
            {
                return debit;
            }
        }

        return null;
    }

    /// <summary>The movements of the last clock hours, the current one included: <paramref name="hours"/> of them, 24 at most.</summary>
    public ActivityBucket SumOfHours(DateTimeOffset now, int hours) => Sum(Hours, HourOf(now) - hours);

    /// <summary>The movements of the last days (UTC), today included: <paramref name="days"/> of them, 30 at most.</summary>
    public ActivityBucket SumOfDays(DateTimeOffset now, int days) => Sum(Days, (HourOf(now) / 24) - days);

    /// <summary>The number of the clock hour (UTC) since 1970.</summary>
    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    /// <summary>Whether a cash amount, in major units, is just below the reporting limit.</summary>
    public static bool IsNearLimit(decimal amount) => amount is >= HighValue * NearLimitShare and < HighValue;

    private static ActivityBucket Sum(ImmutableArray<ActivityBucket> buckets, long after)
    {
        var sum = default(ActivityBucket);
        foreach (ref readonly var bucket in buckets.AsSpan())
        {
            if (bucket.Period > after)
            {
                sum = sum.Plus(bucket);
            }
        }

        return sum;
    }

    private static ImmutableArray<ActivityBucket> Add(ImmutableArray<ActivityBucket> buckets, in Movement movement, long period, int window)
    {
        var kept = ImmutableArray.CreateBuilder<ActivityBucket>(buckets.Length + 1);
        var current = new ActivityBucket(period);
        foreach (ref readonly var bucket in buckets.AsSpan())
        {
            if (bucket.Period == period)
            {
                current = bucket;
            }
            else if (bucket.Period > period - window)
            {
                kept.Add(bucket);
            }
        }

        kept.Add(current.With(movement));
        return kept.ToImmutable();
    }

    private ImmutableArray<RecentDebit> Remember(Movement movement)
    {
        // Kept to the millisecond, as it is stored: what was read and what was remembered must agree.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(movement.At.ToUnixTimeMilliseconds());
        var kept = ImmutableArray.CreateBuilder<RecentDebit>(Math.Min(RecentDebits.Length + 1, MaxRecentDebits));
        kept.Add(new RecentDebit(at, -movement.Amount.MinorUnits, PartyMark.Of(movement.Counterparty)));
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
            if (party.Hour > hour - WindowHours && !(same && party.Party == met.Party) && (!same || sameWay++ < MaxParties))
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
        return new Inflow(DateTimeOffset.FromUnixTimeMilliseconds(movement.At.ToUnixTimeMilliseconds()), rest + movement.Amount.MinorUnits, 0);
    }
}

/// <summary>Money that came in lately, and how much has left since: what shows that an account only passes money on.</summary>
/// <param name="At">When the last credit came in.</param>
/// <param name="Amount">That credit, plus what was left of the credits in the hour before it; minor units.</param>
/// <param name="PassedOn">How much has left the account since <paramref name="At"/>; minor units.</param>
public readonly record struct Inflow(DateTimeOffset At, long Amount, long PassedOn);

/// <summary>One movement of an account, as the window of its recent past takes it in.</summary>
/// <param name="At">When it is posted.</param>
/// <param name="Amount">Signed: negative for a debit.</param>
/// <param name="Counterparty">The account on the other side.</param>
/// <param name="IsCash">Whether it is cash paid in or taken out.</param>
/// <param name="IsWithCustomer">Whether the other side is another customer's account, not the bank's own and not the same owner's.</param>
public readonly record struct Movement(DateTimeOffset At, Money Amount, string Counterparty, bool IsCash = false, bool IsWithCustomer = false);

/// <summary>
/// A short mark of an account for telling counterparties apart inside another account's row, where a whole id would cost
/// five times as much. Two accounts share a mark once in four thousand million pairs; what rests on it is a question
/// ("is this a duplicate?") or a count of distinct parties, never whose money moves.
/// </summary>
public static class PartyMark
{
    /// <summary>The mark of an account id: the first 32 bits of its SHA-256.</summary>
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
/// <param name="Party">The account that was credited, as <see cref="PartyMark.Of"/> marks it.</param>
public readonly record struct RecentDebit(DateTimeOffset At, long Amount, uint Party);

/// <summary>Another customer's account that money came from or went to in the last 24 hours.</summary>
/// <param name="Hour">The clock hour (UTC, since 1970) of the last movement with it.</param>
/// <param name="Party">The account, as <see cref="PartyMark.Of"/> marks it.</param>
/// <param name="IsReceiver">Whether money went to it; otherwise money came from it.</param>
public readonly record struct RecentParty(long Hour, uint Party, bool IsReceiver);
