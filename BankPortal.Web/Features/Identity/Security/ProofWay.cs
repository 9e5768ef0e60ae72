namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The ways to prove one's identity.</summary>
public enum ProofWay
{
    /// <summary>By a code from the authenticator app.</summary>
    Code,

    /// <summary>By a recovery code.</summary>
    RecoveryCode,

    /// <summary>By the password, where there is no second factor.</summary>
    Password,

    /// <summary>By a passkey, where there is no authenticator.</summary>
    Passkey,
}
