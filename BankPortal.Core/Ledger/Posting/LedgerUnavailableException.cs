namespace BankPortal.Core.Ledger.Posting;

/// <summary>The ledger's store did not answer in time or is overloaded. Whether a write took effect is not known.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>A fault without detail.</summary>
    public LedgerUnavailableException()
        : this("The ledger's store did not answer.")
    {
    }

    /// <summary>A fault with a message for the log.</summary>
    public LedgerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public LedgerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
