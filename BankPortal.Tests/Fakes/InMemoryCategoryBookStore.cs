using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Tests.Fakes;

/// <summary>Category books in memory, with the real store's condition on the version.</summary>
public sealed class InMemoryCategoryBookStore : ICategoryBookStore
{
    private readonly ConcurrentDictionary<string, CategoryBook> _books = new(StringComparer.Ordinal);

    /// <summary>Runs before the next write, for somebody who is faster.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    public Task<CategoryBook> ReadAsync(string userId, CancellationToken ct = default) =>
        Task.FromResult(_books.GetValueOrDefault(userId) ?? new CategoryBook());

    public Task<IReadOnlyDictionary<string, CategoryBook>> ReadManyAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<string, CategoryBook>>(
            _books.Where(book => userIds.Contains(book.Key)).ToDictionary(StringComparer.Ordinal));

    public async Task<bool> TryWriteAsync(string userId, CategoryBook book, CancellationToken ct = default)
    {
        if (BeforeNextWrite is { } before)
        {
            BeforeNextWrite = null;
            await before();
        }

        var next = book with { Version = book.Version + 1 };
        return book.Version == 0
            ? _books.TryAdd(userId, next)
            : _books.TryGetValue(userId, out var stored) && stored.Version == book.Version && _books.TryUpdate(userId, next, stored);
    }
}
