namespace BankPortal.Web.Features.Identity.Security;

/// <summary>What became of an attempt to prove that it is really the person.</summary>
public enum ProofOutcome
{
    /// <summary>Proven.</summary>
    Proven,

    /// <summary>The code or password was wrong, or the code was used before.</summary>
    Wrong,

    /// <summary>Too many wrong attempts; nothing is accepted for a while.</summary>
    Locked,
}
