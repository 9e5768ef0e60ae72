namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>What the answer of a passkey is asked for. A challenge of one purpose is worthless for the others.</summary>
public enum PasskeyPurpose
{
    /// <summary>A signed-in person adds a passkey.</summary>
    Register,

    /// <summary>Somebody signs in with a passkey in place of address, password and code.</summary>
    SignIn,

    /// <summary>The second step of a sign-in, after the password.</summary>
    SecondFactor,

    /// <summary>A signed-in person proves again who they are.</summary>
    StepUp,
}
