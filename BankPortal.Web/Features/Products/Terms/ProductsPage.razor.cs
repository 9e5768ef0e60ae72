using BankPortal.Core.Products.Terms;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Products.Terms;

/// <summary>Shows the rates and fees of all products with their history. A second person approves or rejects proposals here.</summary>
public sealed partial class ProductsPage
{
    private ImmutableArray<TermsBook> _books = [];
    private Dictionary<string, string> _names = [];
    private string _userId = "";
    private bool _mayPropose;
    private bool _refused;
    private DateOnly _today;
    private TermsVersion? _asked;
    private Question? _question;

    private enum Question
    {
        Approve,
        Reject,
        Withdraw,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required TermsService Terms { get; init; }

    [Inject] public required IStaffDirectory Staff { get; init; }

    [Inject] public required AccountOptions Options { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    private Currency Currency => Currency.Of(Options.Currency);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var read = await Terms.ListAsync(actor, ct);
        _refused = !read.IsSuccess;
        _books = read.IsSuccess ? read.Value : [];
        _today = Terms.Today;
        _userId = actor.UserId;
        _mayPropose = TermsService.MayPropose(actor);
        _names = (await Staff.ListAsync([BankRoles.Manager, BankRoles.Admin], ct))
            .ToDictionary(member => member.UserId, member => member.Name, StringComparer.Ordinal);
        if (await StepUp.ResumeAsync<Question>() is { } resumed
            && _books.SelectMany(book => book.Proposed).FirstOrDefault(version => ItemOf(version) == resumed.Item) is { } wanted)
        {
            Ask(wanted, resumed.Action);
        }
    }

    private static string TitleId(TermsBook book) => "product-" + book.Product;

    private static string Number(TermsVersion version) => version.Number.ToString(CultureInfo.CurrentCulture);

    private static string ItemOf(TermsVersion version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version.Product}.{version.Number}");

    private async Task AskAsync(TermsVersion version, Question question)
    {
        if (await StepUp.IsReadyAsync(question, ItemOf(version)))
        {
            Ask(version, question);
        }
    }

    private void Ask(TermsVersion version, Question question) => (_asked, _question) = (version, question);

    private void Changed(bool open)
    {
        if (!open)
        {
            _question = null;
        }
    }

    private async Task<Error?> DecideAsync(string reason)
    {
        if (_asked is not { } asked || _question is not { } question)
        {
            return null;
        }

        var refusal = await RunAsync(
            async () =>
            {
                var actor = await Actors.GetAsync(CancellationToken.None);
                return question switch
                {
                    Question.Approve => await Terms.ApproveAsync(actor, asked.Product, asked.Number, reason, CancellationToken.None),
                    Question.Reject => await Terms.RejectAsync(actor, asked.Product, asked.Number, reason, CancellationToken.None),
                    _ => await Terms.WithdrawAsync(actor, asked.Product, asked.Number, reason, CancellationToken.None),
                };
            },
            async decided =>
            {
                Toasts.Done(
                    decided.State.ToString(),
                    $"{AccountText.Name(decided.Product)}, version {Number(decided)}");
                await ReloadAsync(quietly: true);
            });
        StepUp.AskIfStale(refusal);
        return refusal;
    }
}
