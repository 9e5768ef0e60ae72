using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>One transaction, as the customer who is a party to it may see it; for anybody else there is none.</summary>
public sealed partial class TransactionPage
{
    private TransactionDetail? _detail;
    private Transfer? _original;
    private Transfer? _reversal;
    private IDisposable? _watching;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required HistoryService History { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    /// <summary>The transfer's id, or its reference as it is printed.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    protected override LivePlan Live { get; } = new(TimeSpan.FromMilliseconds(500));

    private string Title => _detail is null ? "Transaction"
        : IsOwn ? "Between your accounts"
        : Other is { Length: > 0 } other ? other
        : EntryText.Name(_detail.Transfer.Kind);

    private bool IsOwn => _detail is { Debit: not null, Credit: not null };

    private string Other => _detail?.Debit is null ? _detail!.Transfer.DebitLabel : _detail.Transfer.CreditLabel;

    private Money Signed => _detail!.Debit is not null && !IsOwn ? -_detail.Transfer.Amount : _detail.Transfer.Amount;

    private IEnumerable<TransactionLeg> Legs =>
        new[] { _detail?.Debit, _detail?.Credit }.OfType<TransactionLeg>().Where(leg => leg.Entry is not null);

    private StatusTone Tone => _detail!.Transfer.Status switch
    {
        TransferStatus.Posted => StatusTone.Positive,
        TransferStatus.Held => StatusTone.Attention,
        _ => StatusTone.Neutral,
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var actor = await Actors.GetAsync(ct);
        _watching ??= Feed.Subscribe(actor.UserId, OnTransfer);
        var found = await History.FindAsync(actor, id.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant(), ct);
        var original = await FindLinkedAsync(actor, found.IsSuccess ? found.Value.Transfer.ReversesId : null, ct);
        var reversal = await FindLinkedAsync(actor, found.IsSuccess ? found.Value.Transfer.ReversedById : null, ct);
        if (id != Id)
        {
            return;
        }

        _detail = found.IsSuccess ? found.Value : null;
        _original = original;
        _reversal = reversal;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }

    // It was decided on or reversed while it is on screen: read again, without a skeleton.
    private void OnTransfer(Transfer changed)
    {
        if (_detail?.Transfer.Id is { } shown && (changed.Id == shown || changed.ReversesId == shown))
        {
            ReadSoon();
        }
    }

    private async Task<Transfer?> FindLinkedAsync(Actor actor, string? id, CancellationToken ct) =>
        id is not null && await History.FindAsync(actor, id, ct) is { IsSuccess: true } found ? found.Value.Transfer : null;
}
