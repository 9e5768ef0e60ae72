namespace BankPortal.Web.Features.Identity.Access;

/// <summary>Decides whether a person must prove their identity again before a sensitive form is shown or accepted.</summary>
public sealed class StepUpGuard(StepUpPolicy policy)
{
    /// <summary>
    /// Whether a proof is missing or stale. Forms that ask for the password themselves need none from people who have no
    /// second factor.
    /// </summary>
    public bool IsProofMissing(BankUser user, DateTimeOffset? secondFactorAt, bool formAsksForPassword)
    {
        ArgumentNullException.ThrowIfNull(user);
        return (user.HasSecondFactor || !formAsksForPassword) && !policy.IsFresh(new Actor(user.Id, [], SecondFactorAt: secondFactorAt));
    }
}
