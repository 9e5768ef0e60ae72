namespace BankPortal.Core.Fraud.Cases;

/// <summary>Reads the dispositions of transfers, against which rules are measured.</summary>
public interface IDispositions
{
    /// <summary>
    /// Reads the disposition of each transfer that is in a closed case; the worst one when it is in several. Other transfers are left
    /// out. Any number of transfers may be given; a hundred cost two reads.
    /// </summary>
    Task<IReadOnlyDictionary<string, CaseDisposition>> FindAsync(IReadOnlyCollection<string> transferIds, CancellationToken ct = default);
}
