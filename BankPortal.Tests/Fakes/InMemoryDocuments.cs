using BankPortal.Core.Common.Documents;

namespace BankPortal.Tests.Fakes;

/// <summary>Kept documents in memory; the first one stays, as in the real store.</summary>
public sealed class InMemoryDocuments : IDocumentStore
{
    private readonly ConcurrentDictionary<DocumentKey, KeptDocument> _documents = new();

    /// <summary>The keys of all documents.</summary>
    public IReadOnlyCollection<DocumentKey> Keys => [.. _documents.Keys];

    public Task<KeptDocument?> FindAsync(DocumentKey key, CancellationToken ct = default) =>
        Task.FromResult(_documents.GetValueOrDefault(key));

    public Task<KeptDocument> KeepAsync(DocumentKey key, ReadOnlyMemory<byte> content, DateTimeOffset at, CancellationToken ct = default) =>
        Task.FromResult(_documents.GetOrAdd(key, KeptDocument.Of(content.ToArray(), at)));

    public Task RemoveAsync(DocumentKey key, CancellationToken ct = default)
    {
        _documents.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
