using BankPortal.Core.Notifications;

namespace BankPortal.Web.Features.Notifications.Inbox;

/// <summary>The notification centre: a person's messages, newest first. Filters and the place in the list are in the address.</summary>
public sealed partial class InboxPage
{
    private static readonly LivePlan Plan = new(TimeSpan.FromSeconds(1));

    private IReadOnlyList<InboxMessage> _messages = [];
    private string? _next;
    private bool _isStaff;
    private IDisposable? _watch;

    /// <summary>The topic to show; all when absent.</summary>
    [SupplyParameterFromQuery(Name = "topic")] public string? TopicText { get; set; }

    /// <summary>"1" for unread messages only.</summary>
    [SupplyParameterFromQuery(Name = "unread")] public string? UnreadText { get; set; }

    /// <summary>The last message of the page before: its time in ticks and its id.</summary>
    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required InboxService Inbox { get; init; }

    [Inject] public required InboxFeed Feed { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override object? LoadKey => (TopicText, UnreadText, After);

    protected override LivePlan? Live => Plan;

    private MessageTopic? Topic => Enum.TryParse<MessageTopic>(TopicText, out var topic) && Enum.IsDefined(topic) ? topic : null;

    private bool Unread => UnreadText == "1";

    private bool IsFiltered => Topic is not null || Unread;

    private IEnumerable<(string Name, MessageTopic? Topic)> Filters => _isStaff
        ? [("All", null), ("Work", MessageTopic.Work), ("Security", MessageTopic.Security)]
        :
        [
            ("All", null), ("Money", MessageTopic.Money), ("Accounts", MessageTopic.Accounts), ("Planning", MessageTopic.Planning),
            ("Security", MessageTopic.Security),
        ];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        _isStaff = actor.IsStaff;
        _watch ??= Feed.Subscribe(actor.UserId, ReadSoon);
        var read = await Inbox.ListAsync(actor, Unread, Topic, PositionOf(After), ct);
        _next = null;
        _messages = read;
        if (read.Count > InboxService.PageSize)
        {
            _messages = [.. read.Take(InboxService.PageSize)];
            var last = _messages[^1];
            _next = Address(Topic, Unread, string.Create(CultureInfo.InvariantCulture, $"{last.At.UtcTicks}.{last.Id}"));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Address(MessageTopic? topic, bool unread, string? after = null)
    {
        var parts = new List<string>();
        if (topic is { } chosen)
        {
            parts.Add("topic=" + chosen.ToString());
        }

        if (unread)
        {
            parts.Add("unread=1");
        }

        if (after is not null)
        {
            parts.Add("after=" + Uri.EscapeDataString(after));
        }

        return parts.Count == 0 ? BankRoutes.Notifications : BankRoutes.Notifications + "?" + string.Join('&', parts);
    }

    // The address can be typed by anybody: what is no position is the first page.
    private static (DateTimeOffset At, string Id)? PositionOf(string? text) =>
        text?.Split('.', 2) is [var ticks, { Length: > 0 and <= 200 } id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value <= DateTimeOffset.MaxValue.UtcTicks
            ? (new DateTimeOffset(value, TimeSpan.Zero), id)
            : null;

    private Task ReadAsync(InboxMessage message) => message.IsRead
        ? Task.CompletedTask
        : RunAsync(async () => await Inbox.MarkReadAsync(await Actors.GetAsync(Gone), message, CancellationToken.None));

    private Task MarkAllAsync() =>
        RunOnceAsync(async () => await Inbox.MarkAllReadAsync(await Actors.GetAsync(Gone), CancellationToken.None));
}
