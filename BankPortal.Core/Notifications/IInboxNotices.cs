namespace BankPortal.Core.Notifications;

/// <summary>Tells the other nodes whose messages have changed. Implementations are thread-safe.</summary>
public interface IInboxNotices
{
    /// <summary>Stores a notice for the other nodes. It is kept for minutes.</summary>
    Task AddAsync(IReadOnlyCollection<string> personIds, CancellationToken ct = default);

    /// <summary>Reads the notices of other nodes since a moment, oldest first; strongly consistent.</summary>
    Task<IReadOnlyList<InboxNotice>> ReadAsync(DateTimeOffset since, CancellationToken ct = default);
}

/// <summary>A notice of another node.</summary>
/// <param name="Key">Names it.</param>
/// <param name="At">When it was stored, by the other node's clock.</param>
/// <param name="PersonIds">Whose messages have changed.</param>
public sealed record InboxNotice(string Key, DateTimeOffset At, ImmutableArray<string> PersonIds);
