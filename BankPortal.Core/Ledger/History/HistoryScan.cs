using System.Runtime.CompilerServices;

namespace BankPortal.Core.Ledger.History;

/// <summary>
/// Reads the entries of several accounts as one list: one key query for each account, merged. Queries run side by side,
/// and grow while a search goes on, so that few follow one another.
/// </summary>
internal static class HistoryScan
{
    // What a store returns in one round trip.
    private const int MaxChunk = 1000;

    /// <summary>Entries in order. Nothing is read before it is asked for, save for the chunk it comes in.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="accounts">Whose entries.</param>
    /// <param name="filter">Of it only the times.</param>
    /// <param name="newestFirst">The order of reading.</param>
    /// <param name="start">Where to start behind; at the beginning where <see langword="null"/>.</param>
    /// <param name="chunk">How many entries of each account to read first.</param>
    /// <param name="maxChunk">How many to read at once at the most.</param>
    /// <param name="ct">Cancels the reading.</param>
    public static async IAsyncEnumerable<HistoryLine> ReadAsync(
        ILedgerStore store,
        IReadOnlyCollection<Account> accounts,
        HistoryFilter filter,
        bool newestFirst,
        HistoryCursor? start,
        int chunk,
        int maxChunk = MaxChunk,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        var streams = new List<Stream>(accounts.Count);
        foreach (var account in accounts)
        {
            var query = new EntryQuery(account.Id, chunk, filter.From, filter.Before, newestFirst);
            query = start?.Narrow(query) ?? query;
            var isEmpty = (query.From is { } from && query.Before is { } before && from >= before)
                || account.Sequence == 0
                || (query.From is { } earliest && account.LastEntryAt < earliest);
            if (!isEmpty)
            {
                streams.Add(new Stream(store, account, query, Math.Min(maxChunk, MaxChunk)));
            }
        }

        while (true)
        {
            await Task.WhenAll(streams.Where(s => s.NeedsMore).Select(s => s.ReadMoreAsync(ct)));
            streams.RemoveAll(s => s.IsAtEnd);
            if (streams.Count == 0)
            {
                yield break;
            }

            // Until one of them runs dry the heads can be compared without reading.
            while (!streams.Exists(s => s.Head is null))
            {
                var next = streams[0];
                foreach (var stream in streams)
                {
                    var order = Compare(stream, next);
                    next = (newestFirst ? order > 0 : order < 0) ? stream : next;
                }

                yield return new HistoryLine(next.Account, next.Take());
            }
        }
    }

    // One order for everything: time, account, number. Two streams are never of the same account.
    private static int Compare(Stream left, Stream right) =>
        left.Head!.PostedAt.CompareTo(right.Head!.PostedAt) is var byTime and not 0
            ? byTime
            : string.CompareOrdinal(left.Account.Id, right.Account.Id);

    private sealed class Stream(ILedgerStore store, Account account, EntryQuery query, int maxChunk)
    {
        private EntryQuery _query = query;
        private IReadOnlyList<Entry> _entries = [];
        private int _index;
        private bool _isLast;

        public Account Account => account;

        public Entry? Head => _index < _entries.Count ? _entries[_index] : null;

        public bool NeedsMore => Head is null && !_isLast;

        public bool IsAtEnd => Head is null && _isLast;

        public Entry Take() => _entries[_index++];

        public async Task ReadMoreAsync(CancellationToken ct)
        {
            var asked = _query;
            _entries = await store.ReadEntriesAsync(asked, ct);
            _index = 0;
            _isLast = _entries.Count < asked.Limit;
            if (!_isLast)
            {
                _query = asked with { After = _entries[^1].Position, Limit = Math.Max(asked.Limit, Math.Min(asked.Limit * 2, maxChunk)) };
            }
        }
    }
}
