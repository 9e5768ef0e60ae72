using BankPortal.Core.Fraud.Live;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>
/// The rows of the live monitor: the newest transfers that match a filter, the latest change first. Takes frames, counts
/// what arrives during a pause, and reports when events were missed. Reads nothing itself. Not thread-safe: the page uses
/// it on its own dispatcher.
/// </summary>
/// <param name="capacity">The largest number of rows.</param>
internal sealed class LiveList(int capacity)
{
    private long _lastNumber;
    private long _pausedAt;

    /// <summary>The rows. The same array until a row changes, so that a table can tell whether to render.</summary>
    public ImmutableArray<Transfer> Rows { get; private set; } = [];

    /// <summary>The filter that decides which transfers become rows.</summary>
    public LiveFilter Filter { get; private set; } = new();

    /// <summary>Whether the rows stand still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>How many matching transfers arrived since the pause began.</summary>
    public int NewCount { get; private set; }

    /// <summary>Whether there may be more of them than <see cref="NewCount"/> says.</summary>
    public bool IsNewCountPartial { get; private set; }

    /// <summary>Whether there are as many rows as fit.</summary>
    public bool IsFull => Rows.Length == capacity;

    /// <summary>Starts over with another filter and the events of a frame. A pause goes on.</summary>
    /// <returns>Whether older transfers may match that the frame does not hold: read them and <see cref="Merge"/> them.</returns>
    public bool Start(LiveFilter filter, LiveFrame frame)
    {
        Filter = filter;
        (Rows, NewCount, IsNewCountPartial) = ([], 0, false);
        (_lastNumber, _pausedAt) = (frame.LastNumber, frame.LastNumber);
        Merge(Transfers(frame));
        return Rows.Length < capacity && !filter.IsEmpty && frame.CompleteFrom > 1;
    }

    /// <summary>Takes what is new in a frame: into the rows, or into the count during a pause.</summary>
    /// <param name="frame">The latest frame. Frames in between may have been skipped.</param>
    public LiveListUpdate Take(LiveFrame frame)
    {
        var fresh = frame.Events.Where(e => e.Number > _lastNumber).Select(e => e.Transfer).Where(Filter.Matches).ToList();
        var events = frame.LastNumber - _lastNumber;
        var lost = _lastNumber > 0 ? Math.Max(0, frame.CompleteFrom - 1 - _lastNumber) : 0;
        _lastNumber = frame.LastNumber;

        // Without a filter the frame holds more than enough for all rows, so nothing has to be read again.
        var hasGap = lost > 0 && !Filter.IsEmpty;
        if (IsPaused)
        {
            // How many of the lost events match a filter is not known.
            NewCount += fresh.Count + (Filter.IsEmpty ? (int)lost : 0);
            IsNewCountPartial |= hasGap;
        }
        else
        {
            Merge(fresh);
        }

        var flagged = fresh.Count(transfer => transfer.Risk is { IsFlagged: true });
        return new LiveListUpdate((int)events, fresh.Count, flagged, hasGap && !IsPaused);
    }

    /// <summary>Keeps the rows as they are from now on.</summary>
    public void Pause()
    {
        IsPaused = true;
        (_pausedAt, NewCount, IsNewCountPartial) = (_lastNumber, 0, false);
    }

    /// <summary>Ends the pause with the events of the latest frame.</summary>
    /// <returns>Whether events of the pause are missing: read them and <see cref="Merge"/> them.</returns>
    public bool Resume(LiveFrame frame)
    {
        IsPaused = false;
        Merge(Transfers(frame));
        return frame.CompleteFrom > _pausedAt + 1 && !Filter.IsEmpty;
    }

    /// <summary>
    /// Adds transfers that match the filter. Of two states of one transfer the later one stays; of two changes at the same
    /// instant the added one stands first. The oldest rows beyond the capacity are dropped.
    /// </summary>
    public void Merge(IEnumerable<Transfer> transfers)
    {
        var rows = transfers.Where(Filter.Matches).ToDictionary(transfer => transfer.Id, StringComparer.Ordinal);
        if (rows.Count == 0)
        {
            return;
        }

        foreach (var row in Rows)
        {
            if (!rows.TryGetValue(row.Id, out var other) || row.ChangedAt > other.ChangedAt)
            {
                rows[row.Id] = row;
            }
        }

        // The order is stable, and the added transfers come first.
        Rows = [.. rows.Values.OrderByDescending(transfer => transfer.ChangedAt).Take(capacity)];
    }

    private static IEnumerable<Transfer> Transfers(LiveFrame frame) => frame.Events.Select(e => e.Transfer);
}

/// <summary>What a frame brought to a <see cref="LiveList"/>.</summary>
/// <param name="Events">How many events happened since the frame before, whether they match the filter or not.</param>
/// <param name="Matching">How many new transfers match the filter.</param>
/// <param name="Flagged">How many of those were flagged.</param>
/// <param name="HasGap">Whether events were missed that may match: read them and <see cref="LiveList.Merge"/> them.</param>
internal readonly record struct LiveListUpdate(int Events, int Matching, int Flagged, bool HasGap);
