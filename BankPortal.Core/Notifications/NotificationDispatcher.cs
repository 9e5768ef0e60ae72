using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications;

/// <summary>
/// Turns the events of the outbox into messages, oldest first, and removes an event only when all its messages are stored. After a crash
/// an event is dispatched again; the ids of messages are derived from it, so nobody is told twice. An event that cannot be turned into text
/// is set aside for an administrator; a fault of the database is tried again. For one caller at a time.
/// </summary>
public sealed partial class NotificationDispatcher(
    IEventOutbox outbox,
    ILedgerStore ledger,
    IStaffDirectory directory,
    IInboxStore inbox,
    InboxFeed feed,
    IInboxNotices notices,
    INotificationPreferencesStore preferences,
    DeliveryPlan plan,
    MessageWriter writer,
    TimeProvider time,
    ILogger<NotificationDispatcher> logger)
{
    /// <summary>The most events that are dispatched at once.</summary>
    public const int BatchSize = 100;

    // The most rows that are read with one request.
    private const int MostRead = 90;
    private const int Parallel = 16;

    private static readonly TimeSpan StaffKnownFor = TimeSpan.FromMinutes(1);

    private IReadOnlyList<StaffMember> _staff = [];
    private DateTimeOffset? _staffReadAt;

    /// <summary>Dispatches the oldest waiting events.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DispatchAsync(CancellationToken ct = default)
    {
        var waiting = await outbox.ReadAsync(BatchSize, ct: ct);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var (transfers, accounts) = await ReadAsync(waiting, ct);
        var staff = await StaffAsync(ct);
        var messages = new List<InboxMessage>();
        var done = new List<WaitingEvent>();
        foreach (var one in waiting)
        {
            try
            {
                messages.AddRange(Write(one, transfers, accounts, staff));
                done.Add(one);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException
                or KeyNotFoundException or OverflowException)
            {
                SetAside(logger, exception, one.Key);
                await outbox.SetAsideAsync(one, exception.Message, ct);
            }
        }

        var chosen = await preferences.FindManyAsync(
            [.. messages.Select(message => message.PersonId).Where(id => !StaffTopics.IsTopic(id)).Distinct(StringComparer.Ordinal)], ct);

        // One after another for each person, so that nobody sees a later message before an earlier one.
        await System.Threading.Tasks.Parallel.ForEachAsync(
            messages.GroupBy(message => message.PersonId, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct },
            async (ofPerson, token) =>
            {
                var wishes = chosen.GetValueOrDefault(ofPerson.Key) ?? NotificationPreferences.Default;
                foreach (var message in ofPerson)
                {
                    BankEvent[] deliveries = [.. plan.Of(message, wishes)];
                    if (deliveries.Length > 0 || !StaffTopics.IsTopic(ofPerson.Key))
                    {
                        await inbox.AddAsync(message with { IsRead = message.IsRead || !wishes.Rings(message.Kind) }, deliveries, token);
                    }
                }

                feed.Publish(ofPerson.Key);
            });
        string[] told = [.. messages.Select(message => message.PersonId).Where(id => !StaffTopics.IsTopic(id))];
        await Task.WhenAll(outbox.RemoveAsync(done, ct), notices.AddAsync(told, ct));
        return waiting.Count;
    }

    private IEnumerable<InboxMessage> Write(
        WaitingEvent waiting,
        Dictionary<string, Transfer> transfers,
        Dictionary<string, Account> accounts,
        IReadOnlyList<StaffMember> staff)
    {
        if (waiting.Event is not { } happened)
        {
            throw new FormatException($"The stored event cannot be read ({waiting.Stored}).");
        }

        return happened.Kind == BankEventKinds.LedgerCommitted
            ? [.. LedgerFacts.Read(happened.Facts[LedgerFacts.Name]).SelectMany(facts =>
                writer.Write(facts, transfers[facts.TransferId], accounts, staff))]
            : [.. MessageWriter.Write(happened, happened.Facts.GetValueOrDefault("account") is { } id ? accounts.GetValueOrDefault(id) : null)];
    }

    private async Task<(Dictionary<string, Transfer> Transfers, Dictionary<string, Account> Accounts)> ReadAsync(
        IReadOnlyList<WaitingEvent> waiting, CancellationToken ct)
    {
        var transferIds = new HashSet<string>(StringComparer.Ordinal);
        var accountIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var happened in waiting.Select(one => one.Event).OfType<BankEvent>())
        {
            if (happened.Kind == BankEventKinds.LedgerCommitted)
            {
                transferIds.UnionWith(IdsOf(happened));
            }
            else if (happened.Facts.GetValueOrDefault("account") is { Length: > 0 } account)
            {
                accountIds.Add(account);
            }
        }

        var transfers = new Dictionary<string, Transfer>(StringComparer.Ordinal);
        foreach (var some in transferIds.Chunk(MostRead))
        {
            foreach (var (id, transfer) in (await ledger.ReadManyAsync(some, [], ct)).Transfers)
            {
                transfers[id] = transfer;
                accountIds.UnionWith(transfer.DebitOwnerId is null ? [] : [transfer.DebitAccountId]);
                accountIds.UnionWith(transfer.CreditOwnerId is null ? [] : [transfer.CreditAccountId]);
            }
        }

        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var some in accountIds.Chunk(MostRead))
        {
            foreach (var (id, account) in (await ledger.ReadManyAsync([], some, ct)).Accounts)
            {
                accounts[id] = account;
            }
        }

        return (transfers, accounts);
    }

    private static IEnumerable<string> IdsOf(BankEvent happened)
    {
        try
        {
            return LedgerFacts.Read(happened.Facts.GetValueOrDefault(LedgerFacts.Name) ?? "").Select(facts => facts.TransferId).ToList();
        }
        catch (FormatException)
        {
            // Writing its text fails in the same way, and then it is set aside.
            return [];
        }
    }

    private async Task<IReadOnlyList<StaffMember>> StaffAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_staffReadAt is not { } at || now - at > StaffKnownFor)
        {
            _staff = await directory.ListAsync([BankRoles.Analyst, BankRoles.Compliance], ct);
            _staffReadAt = now;
        }

        return _staff;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Key} could not be turned into messages and was set aside")]
    private static partial void SetAside(ILogger logger, Exception exception, string key);
}
