namespace BankPortal.Core.Identity;

/// <summary>
/// Requires the second factor again (step-up) before sensitive actions: a new payee, a large transfer, a change of security settings. A
/// verification counts for <see cref="FreshFor"/>, so that one check covers several steps in a row. Thread-safe.
/// </summary>
public sealed class StepUpPolicy(TimeProvider time, TimeSpan freshFor)
{
    /// <summary>How long a verification counts.</summary>
    public TimeSpan FreshFor { get; } = freshFor > TimeSpan.Zero
        ? freshFor
        : throw new ArgumentOutOfRangeException(nameof(freshFor), freshFor, "A verification must count for more than zero time.");

    /// <summary>Returns whether the actor verified the second factor recently; always <see langword="true"/> for the bank
    /// itself.</summary>
    public bool IsFresh(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.IsSystem || (actor.SecondFactorAt is { } at && time.GetUtcNow() - at < FreshFor);
    }

    /// <summary>Returns success, or <see cref="SecondFactorStaleError"/>.</summary>
    public Result Check(Actor actor) => IsFresh(actor) ? Result.Success : new SecondFactorStaleError();
}
