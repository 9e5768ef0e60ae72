namespace BankPortal.Core.Fraud.Engine;

/// <summary>Reads what screening needs to know about an order beyond the account rows. Implementations are thread-safe.</summary>
public interface IRiskBackgroundStore
{
    /// <summary>
    /// Reads the payee's history, the customer's last security change, and the lists that the two accounts and the customer are on at
    /// <paramref name="now"/>. One round trip, strongly consistent.
    /// </summary>
    Task<RiskBackground> ReadAsync(TransferOrder order, DateTimeOffset now, CancellationToken ct = default);
}
