using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Counts wrong attempts at passwords and codes, and nothing else, exactly, whatever runs beside them: on the user's own row, on the row
/// of a known device or, for an unknown address, on an expiring row of that address, so that all cost and behave the same. Before the
/// secret is compared, an attempt takes one of the places that are left until the lockout; attempts beyond wait for the outcome of
/// those. Thread-safe.
/// </summary>
internal sealed partial class SignInCounter(
    UserRows rows, IOptions<IdentityOptions> options, TimeProvider time, ILogger<SignInCounter> logger)
{
    // Tries after a lost race: attempts at one row may end at the same moment.
    private const int Tries = 20;

    // The longest pause between two looks for a free place is that of this attempt; see Backoff.
    private const int LongestPause = 5;
    private const string Unlocked = "(attribute_not_exists(lockout_end) OR lockout_end <= :now)";
    private const string IsUser = "attribute_exists(user_id)";

    // Longer than a comparison takes, however busy the portal is; a place is lost for that long when a process dies.
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(1);

    // How long people wait for the outcome of other attempts.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AttemptQueue _queue = new();

    private LockoutOptions Lockout => options.Value.Lockout;

    /// <summary>Begins an attempt: takes a place, waits for one, or is refused by a lockout.</summary>
    /// <param name="rowId">The row to count on.</param>
    /// <param name="expires">Whether the row is made when needed, and expires; otherwise it must exist.</param>
    /// <param name="known">The row's count as last read; only saves a read when it is right.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="SignInBusyException">No place became free in time.</exception>
    internal async Task<SignInAttempt> BeginAsync(string rowId, bool expires, SignInCount known, CancellationToken ct)
    {
        var limit = Lockout.MaxFailedAccessAttempts;
        var startedAt = Stopwatch.GetTimestamp();
        var turn = await _queue.EnterAsync(rowId, limit, Patience, ct);
        try
        {
            for (var attempt = 0; Stopwatch.GetElapsedTime(startedAt) < Patience; attempt++)
            {
                var now = time.GetUtcNow();
                if (known.LockedUntil > now)
                {
                    turn.Dispose();
                    return SignInAttempt.Refused(rowId, known.LockedUntil);
                }

                if (known.Failed >= limit)
                {
                    // The limit was lowered.
                    await LockAsync(rowId, expires, now, mine: null);
                }
                else if (await TakePlaceAsync(turn, rowId, expires, known, limit - known.Failed, now, ct) is { } taken)
                {
                    return taken;
                }

                var item = await rows.GetAsync(rowId, ct);
                if (item is null && !expires)
                {
                    turn.Dispose();
                    return SignInAttempt.Refused(rowId, lockedUntil: null);
                }

                var before = known;
                known = SignInCount.Of(item);
                if (known == before && !await FreeDeadPlacesAsync(rowId, item, now, ct))
                {
                    await Backoff.DelayAsync(Math.Min(attempt, LongestPause), ct);
                }
            }

            throw new SignInBusyException();
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends the attempt as wrong: counts it, and starts a lockout at the limit. Not cancelled with the request, or guessing would be free
    /// for whoever hangs up in time.
    /// </summary>
    internal async Task FailAsync(SignInAttempt attempt)
    {
        if (attempt.IsOver)
        {
            return;
        }

        attempt.IsOver = true;
        for (var again = 0; again < Tries; again++)
        {
            var now = time.GetUtcNow();
            var values = Values(("one", Attr.N(1)), ("zero", Attr.N(0)), ("last", Attr.N(Lockout.MaxFailedAccessAttempts - 1)));
            values[":mine"] = new AttributeValue { SS = [attempt.Id] };
            var counted = await rows.UpdateAsync(
                attempt.RowId,
                "SET access_failed_count = if_not_exists(access_failed_count, :zero) + :one" + Expiry(attempt.Expires, now, values)
                    + " DELETE attempts_open :mine",
                Guard(attempt.Expires, "(attribute_not_exists(access_failed_count) OR access_failed_count < :last)"),
                values,
                CancellationToken.None);
            if (counted is not null)
            {
                attempt.Failed = new ItemReader(counted).Int(SignInCount.FailedName);
                return;
            }

            if (await LockAsync(attempt.RowId, attempt.Expires, now, attempt.Id) is { } end)
            {
                attempt.LockedUntil = end;
                return;
            }

            // The row is gone, or locked although this attempt was under way: it had ended by itself.
            if (await rows.GetAsync(attempt.RowId, CancellationToken.None) is not { } item
                || SignInCount.Of(item).LockedUntil is { } until && until > now)
            {
                attempt.LockedUntil = now;
                return;
            }
        }

        throw new SignInBusyException();
    }

    /// <summary>
    /// Ends the attempt as right. With <paramref name="clear"/>, also clears what was wrong before it began, but nothing that came later:
    /// guesses beside a successful sign-in stay counted.
    /// </summary>
    /// <exception cref="SignInBusyException">The attempt took so long that others may have had its place.</exception>
    internal async Task SucceedAsync(SignInAttempt attempt, bool clear)
    {
        if (attempt.IsOver)
        {
            return;
        }

        if (time.GetUtcNow() >= attempt.EndsAt)
        {
            throw new SignInBusyException();
        }

        var before = attempt.Before;
        var seen = before.Failed + before.Cleared;
        for (var again = 0; clear && again < Tries; again++)
        {
            // Another success or a lockout may have cleared part of it meanwhile.
            var taken = Math.Min(before.Failed, seen - before.Cleared);
            if (taken <= 0)
            {
                break;
            }

            var values = Values(("taken", Attr.N(taken)), ("seen", Attr.N(before.Cleared + taken)), ("cleared", Attr.N(before.Cleared)));
            values[":mine"] = new AttributeValue { SS = [attempt.Id] };
            var cleared = await rows.UpdateAsync(
                attempt.RowId,
                "SET access_failed_count = access_failed_count - :taken, failures_cleared = :seen DELETE attempts_open :mine",
                $"access_failed_count >= :taken AND {Is("failures_cleared", before.Cleared, ":cleared")}",
                values,
                CancellationToken.None);
            if (cleared is not null)
            {
                attempt.IsOver = true;
                return;
            }

            before = SignInCount.Of(await rows.GetAsync(attempt.RowId, CancellationToken.None));
        }

        await RemoveAsync(attempt.RowId, [attempt.Id], CancellationToken.None);
        attempt.IsOver = true;
    }

    /// <summary>Ends the attempt as if it had not been made: comparing failed. A failure here costs the place for a minute.</summary>
    internal async Task GiveBackAsync(SignInAttempt attempt)
    {
        try
        {
            await RemoveAsync(attempt.RowId, [attempt.Id], CancellationToken.None);
        }
#pragma warning disable CA1031 // The fault that kept the attempt from ending must reach the caller, not this one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotGivenBack(logger, attempt.RowId, exception);
        }
    }

    /// <summary>Increments the count without starting a lockout, as the framework's store interface requires.</summary>
    internal async Task<int> IncrementAsync(string userId, CancellationToken ct)
    {
        var counted = await rows.UpdateAsync(
            userId,
            "SET access_failed_count = if_not_exists(access_failed_count, :zero) + :one",
            IsUser,
            Values(("zero", Attr.N(0)), ("one", Attr.N(1))),
            ct);
        return counted is null ? 0 : new ItemReader(counted).Int(SignInCount.FailedName);
    }

    /// <summary>Resets the count to zero.</summary>
    internal async Task ResetAsync(string userId, CancellationToken ct)
    {
        for (var again = 0; again < Tries && await rows.GetAsync(userId, ct) is { } item; again++)
        {
            var count = SignInCount.Of(item);
            var reset = await rows.UpdateAsync(
                userId,
                "SET access_failed_count = :zero, failures_cleared = :all",
                $"{IsUser} AND {Is("access_failed_count", count.Failed, ":failed")} AND {Is("failures_cleared", count.Cleared, ":cleared")}",
                Values(
                    ("zero", Attr.N(0)),
                    ("all", Attr.N(count.Cleared + count.Failed)),
                    ("failed", Attr.N(count.Failed)),
                    ("cleared", Attr.N(count.Cleared))),
                ct);
            if (reset is not null)
            {
                return;
            }
        }
    }

    // A missing number counts as zero.
    private static string Is(string name, long value, string parameter) =>
        value == 0 ? $"(attribute_not_exists({name}) OR {name} = {parameter})" : $"{name} = {parameter}";

    private static string Guard(bool expires, string condition) => expires ? condition : $"{IsUser} AND {condition}";

    private static Dictionary<string, AttributeValue> Values(params ReadOnlySpan<(string Name, AttributeValue Value)> values)
    {
        var all = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            all[":" + name] = value;
        }

        return all;
    }

    // The second in front of the dot. What is not written so is no attempt, and over.
    private static DateTimeOffset EndOf(string id)
    {
        var digits = id.AsSpan(0, Math.Max(id.IndexOf('.', StringComparison.Ordinal), 0));
        return DateTimeOffset.FromUnixTimeSeconds(
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end : 0);
    }

    // The row of an unknown address or of a device expires some time after its lockout would have ended.
    private string Expiry(bool expires, DateTimeOffset now, Dictionary<string, AttributeValue> values)
    {
        if (!expires)
        {
            return "";
        }

        values[":expiry"] = Attr.N((now + (Lockout.DefaultLockoutTimeSpan * 2)).ToUnixTimeSeconds());
        return ", expires_at = :expiry";
    }

    private async Task<SignInAttempt?> TakePlaceAsync(
        IDisposable turn, string rowId, bool expires, SignInCount known, int free, DateTimeOffset now, CancellationToken ct)
    {
        var endsAt = now + LongestAttempt;
        var id = endsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "." + DerivedId.Random();
        var values = Values(
            ("now", Attr.Time(now)),
            ("mine", new AttributeValue { SS = [id] }),
            ("free", Attr.N(free)),
            ("failed", Attr.N(known.Failed)),
            ("cleared", Attr.N(known.Cleared)));
        var expiry = Expiry(expires, now, values);
        var counted = await rows.UpdateAsync(
            rowId,
            "ADD attempts_open :mine" + (expiry.Length > 0 ? " SET " + expiry[2..] : ""),
            Guard(
                expires,
                $"{Unlocked} AND {Is("access_failed_count", known.Failed, ":failed")} AND {Is("failures_cleared", known.Cleared, ":cleared")} "
                    + "AND (attribute_not_exists(attempts_open) OR size(attempts_open) < :free)"),
            values,
            ct);
        return counted is null ? null : new SignInAttempt(this, turn, rowId, expires, known, id, endsAt);
    }

    /// <summary>Starts a lockout at the limit. <see langword="null"/> when the count is lower or the row is locked.</summary>
    private async Task<DateTimeOffset?> LockAsync(string rowId, bool expires, DateTimeOffset now, string? mine)
    {
        var limit = Lockout.MaxFailedAccessAttempts;
        var end = now + Lockout.DefaultLockoutTimeSpan;
        var values = Values(
            ("now", Attr.Time(now)), ("zero", Attr.N(0)), ("limit", Attr.N(limit)), ("last", Attr.N(limit - 1)), ("end", Attr.Time(end)));
        if (mine is not null)
        {
            values[":mine"] = new AttributeValue { SS = [mine] };
        }
        else
        {
            values[":last"] = Attr.N(limit);
        }

        var locked = await rows.UpdateAsync(
            rowId,
            "SET access_failed_count = :zero, failures_cleared = if_not_exists(failures_cleared, :zero) + :limit, lockout_end = :end, "
                + "tries_lock_end = :end" + Expiry(expires, now, values) + (mine is null ? "" : " DELETE attempts_open :mine"),
            Guard(expires, Unlocked + " AND access_failed_count >= :last"),
            values,
            CancellationToken.None);

        // As it will be read: the stored form keeps no more digits.
        return locked is null ? null : Attr.ParseTime(Attr.FormatTime(end));
    }

    // Places whose attempts must have died with their process.
    private async Task<bool> FreeDeadPlacesAsync(
        string rowId, Dictionary<string, AttributeValue>? item, DateTimeOffset now, CancellationToken ct)
    {
        if (item is null || !item.TryGetValue(SignInCount.OpenName, out var open))
        {
            return false;
        }

        List<string> dead = [.. (open.SS ?? []).Where(id => EndOf(id) <= now)];
        if (dead.Count > 0)
        {
            await RemoveAsync(rowId, dead, ct);
        }

        return dead.Count > 0;
    }

    private Task RemoveAsync(string rowId, List<string> ids, CancellationToken ct) => rows.UpdateAsync(
        rowId, "DELETE attempts_open :ids", IsUser, Values(("ids", new AttributeValue { SS = ids })), ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An attempt at {RowId} that could not be made keeps its place for a minute.")]
    private static partial void NotGivenBack(ILogger logger, string rowId, Exception exception);
}
