namespace BankPortal.Web.Features.Identity.Security;

/// <summary>How somebody proves to be there.</summary>
public enum ProofWay
{
    /// <summary>By a code of the authenticator app.</summary>
    Code,

    /// <summary>By a recovery code.</summary>
    RecoveryCode,

    /// <summary>By the password, where there is no authenticator.</summary>
    Password,
}
