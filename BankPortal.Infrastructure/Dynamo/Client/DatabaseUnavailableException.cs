namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// The database cannot be used, so the portal cannot start. The message explains to the person who started the portal what is wrong and
/// what to do; print it without a stack trace.
/// </summary>
public sealed class DatabaseUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DatabaseUnavailableException()
    {
    }

    /// <summary>Creates the exception with its explanation.</summary>
    public DatabaseUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its explanation and its cause.</summary>
    public DatabaseUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
