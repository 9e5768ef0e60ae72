namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Too many passwords are waiting to be hashed. Nothing was compared, counted or stored. An exception and no result value, because the
/// framework's results would make it a wrong password.
/// </summary>
public sealed class PasswordHashingBusyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PasswordHashingBusyException()
        : this("Too many passwords are waiting to be hashed.")
    {
    }

    /// <summary>Creates the exception with another message.</summary>
    public PasswordHashingBusyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with another message and its cause.</summary>
    public PasswordHashingBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
