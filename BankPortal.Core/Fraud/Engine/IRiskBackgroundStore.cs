namespace BankPortal.Core.Fraud.Engine;

/// <summary>Finds what is known about an order besides the accounts' rows.</summary>
public interface IRiskBackgroundStore
{
    /// <summary>
    /// The payee's history, the customer's last security change, and the lists that the two accounts and the customer are
    /// on at <paramref name="now"/>. One round trip, strongly consistent.
    /// </summary>
    Task<RiskBackground> ReadAsync(TransferOrder order, DateTimeOffset now, CancellationToken ct = default);
}
