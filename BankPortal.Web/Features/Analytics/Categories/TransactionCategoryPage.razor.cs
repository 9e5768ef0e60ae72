using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Web.Features.Analytics.Categories;

/// <summary>Where a customer says which category a transaction belongs to, it alone or all like it, and divides it.</summary>
public sealed partial class TransactionCategoryPage
{
    private Entry? _entry;
    private CategoryBook _book = new();
    private ImmutableArray<CategoryPart> _parts = [];
    private MoneyEntry _part = MoneyEntry.Empty;
    private Error? _problem;
    private string _category = "";
    private string _partCategory = "";
    private bool _all;
    private bool _isCorrected;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required HistoryService History { get; init; }

    [Inject] public required CategoryService Categories { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The transaction's id.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    private string Now => string.Join(
        ", ",
        _parts.Length == 1
            ? _parts.Select(part => _book.NameOf(part.CategoryId))
            : _parts.Select(part => $"{_book.NameOf(part.CategoryId)} {MoneyFormat.Format(new Money(part.Amount, _entry!.Amount.Currency))}"));

    private IEnumerable<Category> Choices => _book.Categories.Where(category =>
        category.Id == ShippedCategories.Excluded || category.IsIncome == EntryTraits.Of(_entry!).IsIncome);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var book = Categories.ReadAsync(actor, ct);
        var found = await History.FindAsync(actor, Id, ct);
        _entry = found.IsSuccess ? found.Value.Debit?.Entry ?? found.Value.Credit?.Entry : null;
        Take((await book).Value);
    }

    private string? ErrorOf(string field) => _problem?.Field == field ? _problem.Message : null;

    private void Take(CategoryBook book)
    {
        _book = book;
        _parts = _entry is { } entry ? new Categoriser(book).PartsOf(entry) : [];
        _isCorrected = book.Corrections.Any(correction => correction.TransferId == Id);
        if (_parts is [var first, ..])
        {
            (_category, _partCategory) = (first.CategoryId, first.CategoryId);
        }
    }

    private async Task SaveAsync() => await RunAsync(
        actor => _all ? Categories.CorrectAllLikeAsync(actor, Id, _category) : Categories.CorrectAsync(actor, Id, _category),
        "Category saved");

    private async Task ResetAsync() => await RunAsync(actor => Categories.ResetAsync(actor, Id), "The rules count again");

    private async Task SplitAsync()
    {
        _part = _part.Check(_entry!.Amount.Currency);
        if (_part.Value is not { } part)
        {
            return;
        }

        var rest = _entry.Amount.Abs() - part;
        if (!rest.IsPositive)
        {
            _part = _part.Refused($"Enter less than {MoneyFormat.Format(_entry.Amount.Abs())}.");
            return;
        }

        var category = _parts[0].CategoryId;
        if (await RunAsync(actor => Categories.SplitAsync(actor, Id, [(category, rest), (_partCategory, part)]), "Transaction divided"))
        {
            _part = MoneyEntry.Empty;
        }
    }

    private async Task<bool> RunAsync(Func<Actor, Task<Result<CategoryBook>>> change, string done)
    {
        _problem = null;
        var saved = false;
        _problem = await RunOnceAsync(async () => await change(await Actors.GetAsync(Gone)), book =>
        {
            Take(book);
            Toasts.Done(done, "Your figures follow, the past ones too.");
            saved = true;
        });
        return saved;
    }
}
