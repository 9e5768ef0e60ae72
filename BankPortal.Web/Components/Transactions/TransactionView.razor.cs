namespace BankPortal.Web.Components.Transactions;

public sealed partial class TransactionView : IDisposable
{
    private readonly string _titleId = "transaction-" + Guid.NewGuid().ToString("N");
    private readonly string _overdrawId = "overdraw-" + Guid.NewGuid().ToString("N");
    private readonly string _conflictId = "conflict-" + Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _gone = new();
    private Decision _asking;
    private bool _overdraw;
    private string? _overdrawError;
    private Money? _takeable;

    private enum Decision
    {
        None,
        Release,
        Reject,
        Reverse,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required TransactionDesk Desk { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required LedgerOptions Options { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required ILogger<TransactionView> Logger { get; init; }

    /// <summary>The transaction, as it was read.</summary>
    [Parameter, EditorRequired] public TransactionFile File { get; set; } = default!;

    /// <summary>Whether to leave out what can be done about it.</summary>
    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>Something was decided here, or turned out to have been decided elsewhere: read it again.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private DateTimeOffset ExpiresAt => File.Transfer.CreatedAt + Options.HoldsExpireAfter;

    private bool AnyClosed => File.Debit.Account?.Status == AccountStatus.Closed || File.Credit.Account?.Status == AccountStatus.Closed;

    private string? ConflictId => File.Conflict is null ? null : _conflictId;

    /// <summary>What a reversal can take without overdrawing; null when it would take from the bank.</summary>
    private Money? Takeable => File.Credit.Account is { } account ? _takeable ?? account.Spendable : null;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!ReadOnly && File.Conflict is null && await StepUp.ResumeAsync<Decision>() is { Action: var wanted } && IsPossible(wanted))
        {
            Ask(wanted);
        }
    }

    private static DateTimeOffset Posted(Transfer transfer) => transfer.PostedAt ?? transfer.CreatedAt;

    private static string Name(TransactionSide side) =>
        side.Account is null ? "the bank" : $"{side.OwnerName} {side.Account.Number.Masked}".TrimStart();

    private bool IsPossible(Decision decision) => decision switch
    {
        Decision.Release or Decision.Reject => File.Transfer.Status == TransferStatus.Held,
        Decision.Reverse => LedgerRules.ReversalRefusal(File.Transfer) is null && !AnyClosed,
        _ => false,
    };

    private async Task AskAsync(Decision decision)
    {
        if (await StepUp.IsReadyAsync(decision))
        {
            Ask(decision);
        }
    }

    private void Ask(Decision decision)
    {
        _asking = decision;
        _overdraw = false;
        _overdrawError = null;
        _takeable = null;
    }

    private void Closed(bool open)
    {
        if (!open)
        {
            _asking = Decision.None;
        }
    }

    private void ChooseOverdraw(bool overdraw)
    {
        _overdraw = overdraw;
        _overdrawError = null;
    }

    private Task<Error?> ReleaseAsync(string reason) =>
        DecideAsync("Released", actor => Desk.ReleaseAsync(actor, File.Transfer.Id, reason, CancellationToken.None));

    private Task<Error?> RejectAsync(string reason) =>
        DecideAsync("Rejected", actor => Desk.RejectAsync(actor, File.Transfer.Id, reason, CancellationToken.None));

    private async Task<Error?> ReverseAsync(string reason)
    {
        var refusal = await DecideAsync("Reversed", actor =>
            Desk.ReverseAsync(actor, File.Transfer.Id, reason, _overdraw, CancellationToken.None)
        );
        _overdrawError = null;
        if (refusal is ReversalNotCoveredError uncovered)
        {
            // There may have been more when the page was read.
            _takeable = uncovered.Available;
            _overdrawError =
                $"Only {uncovered.Available.Format(CultureInfo.CurrentCulture)} is available. Tick the box to take back all of it.";
        }

        return refusal;
    }

    private async Task<Error?> DecideAsync(string done, Func<Actor, Task<Result<Transfer>>> decide)
    {
        var error = await PageAction.RunAsync(
            async () => await decide(await Actors.GetAsync(_gone.Token)),
            _ =>
            {
                Toasts.Done(done, File.Transfer.Reference);
                return OnChanged.InvokeAsync();
            },
            Logger,
            _gone.Token);
        StepUp.AskIfStale(error);
        if (error is NotHeldError or DecidedAlreadyError or AlreadyReversedError)
        {
            await OnChanged.InvokeAsync();
        }

        return error;
    }
}
