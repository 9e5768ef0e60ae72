namespace BankPortal.Core.Products.Terms;

/// <summary>Stores the versions of products' terms. Implementations are thread-safe.</summary>
public interface ITermsStore
{
    /// <summary>Reads all versions of a product; strongly consistent. One round trip.</summary>
    Task<TermsBook> ReadAsync(AccountType product, CancellationToken ct = default);

    /// <summary>Writes one version, new or changed, if the book is still at the given revision. One round trip.</summary>
    /// <returns><see langword="false"/> when somebody else wrote meanwhile; nothing is written then.</returns>
    Task<bool> TryWriteAsync(TermsVersion version, long revision, CancellationToken ct = default);
}
