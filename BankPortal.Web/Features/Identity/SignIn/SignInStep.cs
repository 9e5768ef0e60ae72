namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The result of a step of signing in.</summary>
public enum SignInStep
{
    /// <summary>
    /// Not signed in, and the person may not learn why: unknown address, wrong password, or not yet confirmed.
    /// </summary>
    Refused,

    /// <summary>The password is right; a code is needed.</summary>
    SecondFactor,

    /// <summary>The code was wrong.</summary>
    WrongCode,

    /// <summary>The passkey was not accepted.</summary>
    WrongPasskey,

    /// <summary>Too many tries with this address, whether or not it has an account: signing in is locked for a while.</summary>
    Locked,

    /// <summary>The bank blocks the person from signing in. The person does not learn the reason.</summary>
    Unavailable,

    /// <summary>Too many tries for this address run at the same time; this one was not made.</summary>
    Busy,

    /// <summary>It took too long between password and code.</summary>
    Expired,

    /// <summary>Signed in.</summary>
    Done,
}
