namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>How the answer of a passkey was judged.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="User">
/// The owner, when the passkey's signature was right: also where the outcome is a refusal, so that the owner can be told.
/// </param>
public sealed record PasskeyProof(PasskeyOutcome Outcome, BankUser? User = null)
{
    /// <summary>Whether the person proved who they are.</summary>
    public bool IsRight => Outcome is PasskeyOutcome.Right;
}

/// <summary>The outcomes of a check of a passkey.</summary>
public enum PasskeyOutcome
{
    /// <summary>The person proved who they are.</summary>
    Right,

    /// <summary>Unknown or removed passkey, wrong signature, wrong origin, or somebody else's passkey.</summary>
    Wrong,

    /// <summary>There is no challenge of this purpose for this browser, it is too old, or it was answered before.</summary>
    Expired,

    /// <summary>The signature was right, but its counter is not above the stored one: the passkey may have been copied.</summary>
    CounterWentBack,

    /// <summary>Staff have locked the person's sign-in for a time.</summary>
    Locked,

    /// <summary>The bank blocks the person from signing in.</summary>
    Blocked,
}
