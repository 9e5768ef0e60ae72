namespace BankPortal.Core.Lending.Offers;

/// <summary>Keeps the kinds of loans. Reads are strongly consistent. Thread-safe.</summary>
public interface ILoanProductStore
{
    /// <summary>Reads all products. One round trip.</summary>
    Task<ImmutableArray<LoanProduct>> ListAsync(CancellationToken ct = default);

    /// <summary>Writes a product, if the stored version is the one before its own; a new one has version 1. One round trip.</summary>
    /// <returns>Whether it was written.</returns>
    Task<bool> TryWriteAsync(LoanProduct product, CancellationToken ct = default);
}
