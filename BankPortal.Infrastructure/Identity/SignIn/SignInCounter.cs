namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Counts attempts at passwords and codes atomically: on the user's own row or, for an unknown address, on an expiring row of that
/// address, so that both cost and behave the same. Thread-safe.
/// </summary>
internal sealed class SignInCounter(UserRows rows, IOptions<BankIdentityOptions> options, TimeProvider time)
{
    // Tries after a lost race: attempts against one account may arrive at the same moment.
    private const int Tries = 8;
    private const string Unlocked = "(attribute_not_exists(lockout_end) OR lockout_end <= :now)";

    /// <summary>Counts an attempt before it is made. The attempt that reaches the limit starts a lockout, and removes it if it
    /// succeeds.</summary>
    internal async Task<SignInAttempt> BeginAsync(string rowId, bool isPhantom, CancellationToken ct)
    {
        var settings = options.Value;
        var before = settings.LockoutAttempts - 1;
        var guard = isPhantom ? Unlocked : "attribute_exists(user_id) AND " + Unlocked;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var now = time.GetUtcNow();
            var end = now + settings.LockoutDuration;

            // The row of an unknown address expires when its lockout would have ended.
            var expiry = isPhantom ? ", expires_at = :expiry" : "";
            var values = Values(now);
            values[":zero"] = Attr.N(0);
            values[":one"] = Attr.N(1);
            values[":before"] = Attr.N(before);
            if (isPhantom)
            {
                values[":expiry"] = Attr.N((end + settings.LockoutDuration).ToUnixTimeSeconds());
            }

            var counted = await rows.UpdateAsync(
                rowId,
                "SET access_failed_count = if_not_exists(access_failed_count, :zero) + :one" + expiry,
                guard + " AND (attribute_not_exists(access_failed_count) OR access_failed_count < :before)",
                values,
                ct);
            if (counted is not null)
            {
                return new SignInAttempt(rowId, true, new ItemReader(counted).Int("access_failed_count"));
            }

            values.Remove(":one");
            values[":end"] = Attr.Time(end);
            var locked = await rows.UpdateAsync(
                rowId,
                "SET access_failed_count = :zero, lockout_end = :end" + expiry,
                guard + " AND access_failed_count >= :before",
                values,
                ct);
            if (locked is not null)
            {
                return new SignInAttempt(rowId, true, settings.LockoutAttempts, Attr.ParseTime(Attr.FormatTime(end)));
            }

            // Neither condition held: the row is locked, missing, or another success changed it between the two writes.
            if (await rows.GetAsync(rowId, ct) is not { } item)
            {
                break;
            }

            if (new ItemReader(item).TimeOrNull("lockout_end") is { } until && until > time.GetUtcNow())
            {
                return new SignInAttempt(rowId, false, LockedUntil: until);
            }
        }

        return new SignInAttempt(rowId, false);
    }

    /// <summary>
    /// Removes a successful attempt from the count. With <paramref name="clear"/>, also removes everything counted before it, but nothing
    /// counted after it: parallel guesses beside a successful sign-in stay counted.
    /// </summary>
    internal async Task SucceedAsync(SignInAttempt attempt, bool clear, CancellationToken ct)
    {
        if (attempt.Count == 0)
        {
            return;
        }

        if (attempt.Lock is { } own)
        {
            await rows.UpdateAsync(
                attempt.RowId,
                "SET access_failed_count = :count REMOVE lockout_end",
                "lockout_end = :own",
                new(StringComparer.Ordinal) { [":own"] = Attr.Time(own), [":count"] = Attr.N(clear ? 0 : attempt.Count - 1) },
                ct);
            return;
        }

        var taken = clear ? attempt.Count : 1;
        var subtracted = await rows.UpdateAsync(
            attempt.RowId,
            "SET access_failed_count = access_failed_count - :taken",
            "access_failed_count >= :taken",
            new(StringComparer.Ordinal) { [":taken"] = Attr.N(taken) },
            ct);
        if (subtracted is null)
        {
            // Another success has already cleared part of the count.
            await rows.UpdateAsync(
                attempt.RowId,
                "SET access_failed_count = :zero",
                "access_failed_count < :taken",
                new(StringComparer.Ordinal) { [":taken"] = Attr.N(taken), [":zero"] = Attr.N(0) },
                ct);
        }
    }

    /// <summary>Increments the count without starting a lockout, as the framework's store interface requires.</summary>
    internal async Task<int> IncrementAsync(string userId, CancellationToken ct)
    {
        var counted = await rows.UpdateAsync(
            userId,
            "SET access_failed_count = if_not_exists(access_failed_count, :zero) + :one",
            "attribute_exists(user_id)",
            new(StringComparer.Ordinal) { [":zero"] = Attr.N(0), [":one"] = Attr.N(1) },
            ct);
        return counted is null ? 0 : new ItemReader(counted).Int("access_failed_count");
    }

    /// <summary>Resets the count to zero.</summary>
    internal Task ResetAsync(string userId, CancellationToken ct) => rows.UpdateAsync(
        userId,
        "SET access_failed_count = :zero",
        "attribute_exists(user_id)",
        new(StringComparer.Ordinal) { [":zero"] = Attr.N(0) },
        ct);

    private static Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue> Values(DateTimeOffset now) =>
        new(StringComparer.Ordinal) { [":now"] = Attr.Time(now) };
}
