using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Web.Features.Analytics.Budgets;

/// <summary>A customer's budgets with what is left of them, and savings goals. Follows the ledger.</summary>
public sealed partial class BudgetsPage
{
    private AnalyticsReport? _report;
    private IDisposable? _following;
    private Error? _problem;
    private string? _form;
    private string _category = "";
    private MoneyEntry _budget = MoneyEntry.Empty;
    private string _name = "";
    private MoneyEntry _goal = MoneyEntry.Empty;
    private DateOnly? _target;
    private string _account = "";

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AnalyticsService Analytics { get; init; }

    [Inject] public required CategoryService Categories { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    protected override LivePlan Live { get; } = new(TimeSpan.FromMilliseconds(500));

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        _following ??= Feed.Subscribe(actor.UserId, _ => ReadSoon());
        _report = (await Analytics.ReadAsync(actor, AnalyticsPeriod.Month(Analytics.Today), ct)).Value;
        _account = _account.Length == 0 && _report.Accounts is [var first, ..] ? first.Id : _account;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _following?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Percent(decimal share) =>
        Math.Clamp(decimal.Floor(share * 100), 0, 100).ToString(CultureInfo.InvariantCulture);

    private string? ErrorOf(string form, string field) => _form == form && _problem?.Field == field ? _problem.Message : null;

    private async Task SetBudgetAsync()
    {
        (_form, _problem) = ("budget", null);
        _budget = _budget.Check(_report!.Currency);
        if (_budget.Value is { } amount && await ChangeAsync(actor => Categories.SetBudgetAsync(actor, _category, amount), "budget"))
        {
            (_category, _budget) = ("", MoneyEntry.Empty);
        }
    }

    private async Task AddGoalAsync()
    {
        (_form, _problem) = ("goal", null);
        _goal = _goal.Check(_report!.Currency);
        if (_goal.Value is { } amount
            && await ChangeAsync(actor => Categories.AddGoalAsync(actor, _name, amount, _account, _target), "goal"))
        {
            (_name, _goal, _target) = ("", MoneyEntry.Empty, null);
        }
    }

    private async Task<bool> ChangeAsync(Func<Actor, Task<Result<CategoryBook>>> change, string? form)
    {
        _form = form;
        _problem = await RunOnceAsync(async () => await change(await Actors.GetAsync(Gone)), _ => { });
        if (_problem is not null)
        {
            return false;
        }

        await ReloadAsync(quietly: true);
        return true;
    }
}
