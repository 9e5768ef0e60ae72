using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>What a row says about attempts, as of the last read.</summary>
/// <param name="Failed">The wrong attempts since the last success or lockout.</param>
/// <param name="Cleared">
/// The wrong attempts ever that successes and lockouts took out of <paramref name="Failed"/>. Both together only grow, so that a success
/// can clear what came before it and nothing else.
/// </param>
/// <param name="LockedUntil">When the last lockout ends or ended, if there was one.</param>
internal sealed record SignInCount(int Failed, long Cleared, DateTimeOffset? LockedUntil)
{
    /// <summary>The wrong attempts.</summary>
    internal const string FailedName = "access_failed_count";

    /// <summary>The wrong attempts taken out of the count.</summary>
    internal const string ClearedName = "failures_cleared";

    /// <summary>The attempts under way: a set of <see cref="SignInAttempt.Id"/>.</summary>
    internal const string OpenName = "attempts_open";

    /// <summary>When the lockout ends, whoever began it.</summary>
    internal const string LockName = "lockout_end";

    /// <summary>When the last lockout ends that wrong attempts began; equal to the lockout's end unless staff have set that.</summary>
    internal const string TriesLockName = "tries_lock_end";

    /// <summary>A row without attempts, or without a row.</summary>
    internal static SignInCount None { get; } = new(0, 0, null);

    /// <summary>Reads the count of a row.</summary>
    internal static SignInCount Of(Dictionary<string, AttributeValue>? item)
    {
        if (item is null)
        {
            return None;
        }

        var row = new ItemReader(item);
        return new SignInCount(row.IntOrNull(FailedName) ?? 0, row.LongOrNull(ClearedName) ?? 0, row.TimeOrNull(LockName));
    }
}
