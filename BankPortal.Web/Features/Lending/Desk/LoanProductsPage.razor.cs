using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Web.Features.Lending.Desk;

/// <summary>The kinds of loans: a manager adds and changes them.</summary>
public sealed partial class LoanProductsPage
{
    private static readonly RepaymentMethod[] Methods = Enum.GetValues<RepaymentMethod>();

    private ImmutableArray<LoanProduct> _products = [];
    private ProductDraft? _draft;
    private bool _isManager;
    private bool _saving;

    private enum Question
    {
        Save,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanProductService Products { get; init; }

    [Inject] public required AccountOptions Options { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    private Currency Currency => Currency.Of(Options.Currency);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var read = await Products.ListAsync(actor, ct);
        _products = read.IsSuccess ? read.Value : [];
        _isManager = actor.Is(BankRoles.Manager);
        if (await StepUp.ResumeAsync<Question>() is { Item: { } code })
        {
            Edit(_products.FirstOrDefault(product => product.Code == code));
        }
    }

    private void Edit(LoanProduct? product) => _draft = ProductDraft.Of(product);

    private async Task CheckAsync()
    {
        if (_draft is { } draft && draft.Check() is not null && await StepUp.IsReadyAsync(Question.Save, draft.Code))
        {
            _saving = true;
        }
    }

    private async Task<Error?> SaveAsync(string reason)
    {
        if (_draft?.Check() is not { } product)
        {
            return null;
        }

        var refusal = await RunAsync(
            async () => await Products.SaveAsync(await Actors.GetAsync(CancellationToken.None), product, reason, CancellationToken.None),
            async saved =>
            {
                Toasts.Done("Saved", saved.Name);
                _draft = null;
                await ReloadAsync(quietly: true);
            });
        StepUp.AskIfStale(refusal);
        return refusal;
    }
}
