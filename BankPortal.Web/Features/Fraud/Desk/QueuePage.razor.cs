using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>Shows the held transfers, oldest first. Staff release or reject each one. The page keeps itself up to date.</summary>
public sealed partial class QueuePage
{
    /// <summary>How often the queue is read again without a notice: for changes by other nodes, and to refresh the ages.</summary>
    internal static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Urgent = TimeSpan.FromHours(6);

    private readonly Dictionary<string, ElementReference> _heads = new(StringComparer.Ordinal);
    private HeldPage _page = new([], false);
    private int _count = HeldQueue.PageSize;
    private bool _refused;
    private HeldLine? _asked;
    private readonly OpenDialog<Decision> _dialog = new();
    private string? _focus;
    private IDisposable? _watching;

    private enum Decision
    {
        Release,
        Reject,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required HeldQueue Queue { get; init; }

    [Inject] public required TransactionDesk Desk { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override LivePlan Live { get; } = new(RefreshPause, Poll);

    private DateTimeOffset Now => Time.GetUtcNow();

    private string CountText => (_page.Lines.Length, _page.HasMore) switch
    {
        (0, _) => "No transfer is waiting.",
        (1, false) => "1 transfer is waiting.",
        (var count, true) => $"More than {count.ToString(CultureInfo.CurrentCulture)} transfers are waiting.",
        (var count, _) => $"{count.ToString(CultureInfo.CurrentCulture)} transfers are waiting.",
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);

        // Watching begins before reading, so that no change is missed in between.
        _watching ??= FraudDesk.MayAct(actor) ? Feed.SubscribeAll(Notice) : null;
        var count = _count;
        var read = await Queue.ListAsync(actor, count, CultureInfo.CurrentCulture, ct);
        if (count != _count)
        {
            return;
        }

        _refused = read.Error is NotAllowedError;
        _page = read.IsSuccess ? read.Value : new HeldPage([], false);
        if (await StepUp.ResumeAsync<Decision>() is { } wanted
            && _page.Lines.FirstOrDefault(line => line.Transfer.Id == wanted.Item) is { Conflict: null } asked)
        {
            Ask(asked, wanted.Action);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } id || !_heads.TryGetValue(id, out var head))
        {
            return;
        }

        _focus = null;
        await TryFocusAsync(() => head.FocusAsync());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string PartyName(string accountId, string? name) =>
        name ?? (GeneralLedger.IsInternal(accountId) ? "the bank" : "an unknown customer");

    private static string Spoken(HeldLine line) =>
        $"{MoneyFormat.Spoken(line.Transfer.Amount, AmountSign.Never)} from {PartyName(line.Transfer.DebitAccountId, line.DebitName)}";

    private string Exact(DateTimeOffset at) => TimeText.Format(at, TimeFormat.Precise, UserTimeZone.Zone, Now, CultureInfo.CurrentCulture);

    private bool IsUrgent(HeldLine line) => line.ExpiresAt - Now < Urgent;

    // Runs on the thread that committed the transfer, so the reading is started on another one.
    private void Notice(Transfer transfer)
    {
        if (transfer.Status == TransferStatus.Held || transfer.SettledAt is not null)
        {
            ThreadPool.QueueUserWorkItem(static page => page.ReadSoon(), this, preferLocal: false);
        }
    }

    private Task ShowMoreAsync()
    {
        _count = Math.Min(_count + HeldQueue.PageSize, HeldQueue.MaxLines);
        return RefreshAsync();
    }

    private static string? ConflictId(HeldLine line) => line.Conflict is null ? null : "conflict-" + line.Transfer.Id;

    private async Task AskAsync(HeldLine line, Decision decision)
    {
        if (await StepUp.IsReadyAsync(decision, line.Transfer.Id))
        {
            Ask(line, decision);
        }
    }

    private void Ask(HeldLine line, Decision decision)
    {
        _asked = line;
        _dialog.Show(decision);
    }

    private Task<Error?> ReleaseAsync(string reason) =>
        DecideAsync("Released", (id, actor) => Desk.ReleaseAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> RejectAsync(string reason) =>
        DecideAsync("Rejected", (id, actor) => Desk.RejectAsync(actor, id, reason, CancellationToken.None));

    private async Task<Error?> DecideAsync(string done, Func<string, Actor, Task<Result<Transfer>>> decide)
    {
        if (_asked is not { } line)
        {
            return null;
        }

        var refusal = await Actions.RunAsync(actor => decide(line.Transfer.Id, actor));
        if (refusal is null or DecidedAlreadyError or NotHeldError)
        {
            // The focus moves to the next transfer, for people who work through the queue with the keyboard.
            var index = _page.Lines.ToList().FindIndex(other => other.Transfer.Id == line.Transfer.Id);
            _page = _page with { Lines = _page.Lines.RemoveAll(other => other.Transfer.Id == line.Transfer.Id) };
            _heads.Remove(line.Transfer.Id);
            _focus = refusal is null && index >= 0 && !_page.Lines.IsEmpty
                ? _page.Lines[Math.Min(index, _page.Lines.Length - 1)].Transfer.Id
                : null;
            ReadSoon();
        }

        if (refusal is null)
        {
            Toasts.Done(done, line.Transfer.Reference);
        }

        return refusal;
    }
}
