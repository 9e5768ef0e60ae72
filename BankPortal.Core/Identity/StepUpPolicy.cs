namespace BankPortal.Core.Identity;

/// <summary>
/// Asks for the second factor again before sensitive acts: a new payee, a large transfer, a change of security settings.
/// A factor proven no longer than <see cref="FreshFor"/> ago counts, so that one check serves a few steps in a row.
/// </summary>
public sealed class StepUpPolicy(TimeProvider time, TimeSpan freshFor)
{
    /// <summary>How long a proof counts.</summary>
    public TimeSpan FreshFor { get; } = freshFor > TimeSpan.Zero
        ? freshFor
        : throw new ArgumentOutOfRangeException(nameof(freshFor), freshFor, "A proof must count for some time.");

    /// <summary>Whether the actor has proven the second factor recently. The bank itself always has.</summary>
    public bool IsFresh(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.IsSystem || (actor.SecondFactorAt is { } at && time.GetUtcNow() - at < FreshFor);
    }

    /// <summary>Success, or <see cref="SecondFactorStaleError"/>.</summary>
    public Result Check(Actor actor) => IsFresh(actor) ? Result.Success : new SecondFactorStaleError();
}
