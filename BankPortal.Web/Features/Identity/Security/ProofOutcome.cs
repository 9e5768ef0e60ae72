namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The result of an attempt to prove one's identity.</summary>
public enum ProofOutcome
{
    /// <summary>Proven.</summary>
    Proven,

    /// <summary>The code or password was wrong, or the code was used before.</summary>
    Wrong,

    /// <summary>The proof was right, but the payment no longer waits to be confirmed.</summary>
    Closed,

    /// <summary>Too many wrong attempts. No further attempt is accepted until the lockout ends.</summary>
    Locked,
}
