namespace BankPortal.Core.Fraud.Cases;

/// <summary>Tells what transfers turned out to be, where people have decided: what rules are measured against.</summary>
public interface IDispositions
{
    /// <summary>
    /// The disposition of each transfer that is in a closed case; the worst, where it is in several. Others are left out.
    /// Any number of transfers may be asked for; a hundred cost two reads.
    /// </summary>
    Task<IReadOnlyDictionary<string, CaseDisposition>> FindAsync(IReadOnlyCollection<string> transferIds, CancellationToken ct = default);
}
