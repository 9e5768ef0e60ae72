namespace BankPortal.Core.Ledger.Import;

/// <summary>Says which days of the bank are closed. Implemented by the module that closes them. Thread-safe.</summary>
public interface IClosedDays
{
    /// <summary>Returns the last closed day; <see langword="null"/> when none is. One read.</summary>
    Task<DateOnly?> FindClosedToAsync(CancellationToken ct = default);
}
