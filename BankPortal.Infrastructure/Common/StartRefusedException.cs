namespace BankPortal.Infrastructure.Common;

/// <summary>
/// The portal cannot start. The message explains to the person who started it what is wrong and what to do; print it without a
/// stack trace.
/// </summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StartRefusedException()
    {
    }

    /// <summary>Creates the exception with its explanation.</summary>
    public StartRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its explanation and its cause.</summary>
    public StartRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
