using BankPortal.Core.Ledger.Notes;

namespace BankPortal.Tests.Fakes;

/// <summary>Notes and saved filters in memory, with the real store's condition on the version.</summary>
public sealed class InMemoryNotes : ITransactionNoteStore, ISavedFilterStore
{
    private readonly ConcurrentDictionary<(string User, string Transfer), TransactionNote> _notes = new();
    private readonly ConcurrentDictionary<string, SavedFilters> _filters = new(StringComparer.Ordinal);

    /// <summary>Runs before the next write, for somebody who is faster.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    public Task<TransactionNote> ReadNoteAsync(string userId, string transferId, CancellationToken ct = default) =>
        Task.FromResult(_notes.GetValueOrDefault((userId, transferId)) ?? new TransactionNote());

    public async Task<bool> TryWriteNoteAsync(string userId, string transferId, TransactionNote note, CancellationToken ct = default)
    {
        await BeforeAsync();
        return TryWrite(_notes, (userId, transferId), note.Version, one => one.Version, note with { Version = note.Version + 1 });
    }

    public Task<SavedFilters> ReadFiltersAsync(string userId, CancellationToken ct = default) =>
        Task.FromResult(_filters.GetValueOrDefault(userId) ?? new SavedFilters());

    public async Task<bool> TryWriteFiltersAsync(string userId, SavedFilters filters, CancellationToken ct = default)
    {
        await BeforeAsync();
        return TryWrite(_filters, userId, filters.Version, one => one.Version, filters with { Version = filters.Version + 1 });
    }

    private static bool TryWrite<TKey, TValue>(
        ConcurrentDictionary<TKey, TValue> rows, TKey key, long version, Func<TValue, long> versionOf, TValue next)
        where TKey : notnull => version == 0
        ? rows.TryAdd(key, next)
        : rows.TryGetValue(key, out var stored) && versionOf(stored) == version && rows.TryUpdate(key, next, stored);

    private async Task BeforeAsync()
    {
        if (BeforeNextWrite is { } before)
        {
            BeforeNextWrite = null;
            await before();
        }
    }
}
