using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Web.Features.Analytics.Categories;

/// <summary>A customer's rules and own categories.</summary>
public sealed partial class CategoriesPage
{
    private CategoryBook _book = new();
    private Error? _problem;
    private string? _form;
    private string _text = "";
    private string _category = "";
    private string _name = "";
    private bool _income;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required CategoryService Categories { get; init; }

    protected override async Task LoadAsync(CancellationToken ct) =>
        _book = (await Categories.ReadAsync(await Actors.GetAsync(ct), ct)).Value;

    private string? ErrorOf(string form, string field) => _form == form && _problem?.Field == field ? _problem.Message : null;

    private async Task AddRuleAsync()
    {
        var income = _book.Find(_category)?.IsIncome == true;
        if (await ChangeAsync(actor => Categories.AddRuleAsync(actor, _text, income, _category), "rule"))
        {
            (_text, _category) = ("", "");
        }
    }

    private async Task AddCategoryAsync()
    {
        if (await ChangeAsync(actor => Categories.AddCategoryAsync(actor, _name, _income), "own"))
        {
            _name = "";
        }
    }

    private async Task<bool> ChangeAsync(Func<Actor, Task<Result<CategoryBook>>> change, string? form)
    {
        _form = form;
        _problem = await RunOnceAsync(async () => await change(await Actors.GetAsync(Gone)), book => _book = book);
        return _problem is null;
    }
}
