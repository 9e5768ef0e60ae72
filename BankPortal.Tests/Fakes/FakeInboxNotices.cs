using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Fakes;

/// <summary>Keeps whom other nodes were told of.</summary>
public sealed class FakeInboxNotices : IInboxNotices
{
    private readonly ConcurrentQueue<string> _told = new();

    /// <summary>The people, in order.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    public Task AddAsync(IReadOnlyCollection<string> personIds, CancellationToken ct = default)
    {
        foreach (var person in personIds)
        {
            _told.Enqueue(person);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<InboxNotice>> ReadAsync(DateTimeOffset since, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<InboxNotice>>([]);
}
