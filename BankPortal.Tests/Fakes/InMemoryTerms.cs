using BankPortal.Core.Products.Terms;

namespace BankPortal.Tests.Fakes;

/// <summary>Versions of terms in memory, with the real store's condition on the revision.</summary>
public sealed class InMemoryTerms : ITermsStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountType, TermsBook> _books = [];

    public Task<TermsBook> ReadAsync(AccountType product, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_books.GetValueOrDefault(product) ?? new TermsBook(product, [], 0));
        }
    }

    public Task<bool> TryWriteAsync(TermsVersion version, long revision, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var book = _books.GetValueOrDefault(version.Product) ?? new TermsBook(version.Product, [], 0);
            if (book.Revision != revision)
            {
                return Task.FromResult(false);
            }

            var others = book.Versions.RemoveAll(other => other.Number == version.Number);
            _books[version.Product] = book with
            {
                Versions = [.. others.Add(version).OrderBy(other => other.Number)],
                Revision = revision + 1,
            };
            return Task.FromResult(true);
        }
    }
}
