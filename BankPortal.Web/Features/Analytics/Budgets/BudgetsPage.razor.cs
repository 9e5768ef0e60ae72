using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Goals;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Web.Features.Analytics.Budgets;

/// <summary>
/// A customer's budgets with what is left of them, and savings goals with the transfers that save for them. Follows the ledger.
/// </summary>
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
    private ImmutableDictionary<string, StandingOrderView> _transfers = ImmutableDictionary<string, StandingOrderView>.Empty;
    private string? _planned;
    private string? _removed;
    private string _key = "";
    private string _from = "";
    private MoneyEntry _saving = MoneyEntry.Empty;
    private DateOnly? _first;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AnalyticsService Analytics { get; init; }

    [Inject] public required CategoryService Categories { get; init; }

    [Inject] public required GoalTransferService Transfers { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    protected override LivePlan Live { get; } = new(TimeSpan.FromMilliseconds(500));

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        _following ??= Feed.Subscribe(actor.UserId, _ => ReadSoon());
        var report = (await Analytics.ReadAsync(actor, AnalyticsPeriod.Month(Analytics.Today), ct)).Value;
        _transfers = await Transfers.ListAsync(actor, report.Book, ct);
        _report = report;
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

    private static string TransferText(StandingOrderView transfer, bool isReached)
    {
        var order = transfer.Order;
        var text = $"{MoneyFormat.Format(order.Amount)} a month from {transfer.From?.Label ?? "another account"}";
        return order.State == StandingOrderState.Active && order.NextPayOn is { } next
            ? $"{text}, next on {TimeText.Date(next, CultureInfo.CurrentCulture)}{(isReached ? ". The goal is reached: stop it when you like." : "")}"
            : text;
    }

    private static bool IsAtAField(Error problem) =>
        problem.Field is "category" or "amount" or "name" or "target" or "account" or "from" or "first";

    private List<Account> SourcesOf(GoalProgress goal) =>
        [.. _report!.Accounts.Where(account => account.Id != goal.Account.Id && account.Status == AccountStatus.Active)];

    private void Plan(GoalProgress goal)
    {
        (_planned, _key, _form, _problem) = (goal.Goal.Id, DerivedId.Random(), null, null);
        _from = SourcesOf(goal) is [var first, ..] ? first.Id : "";
        _saving = goal.PerMonth.IsPositive ? MoneyEntry.Of(goal.PerMonth) : MoneyEntry.Empty;
        _first = FirstOfNextMonth(_report!.Today) is var next && next <= goal.Goal.Target ? next : _report.Today.AddDays(1);
    }

    private static DateOnly FirstOfNextMonth(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddMonths(1);

    private async Task BeginTransferAsync(SavingsGoal goal)
    {
        (_form, _problem) = ("transfer", null);
        _saving = _saving.Check(_report!.Currency);
        if (_saving.Value is { } amount
            && await ChangeTransferAsync(
                actor => Transfers.BeginAsync(actor, new GoalTransferRequest(_key, goal.Id, _from, amount, _first)), "transfer"))
        {
            _planned = null;
        }
    }

    // A goal with a transfer is not removed before the customer says what becomes of that.
    private async Task RemoveAsync(SavingsGoal goal)
    {
        if (_transfers.ContainsKey(goal.Id))
        {
            _removed = goal.Id;
        }
        else
        {
            await ChangeAsync(actor => Transfers.RemoveGoalAsync(actor, goal.Id, stopTransfer: false), null);
        }
    }

    private async Task<bool> ChangeTransferAsync(Func<Actor, Task<Result<StandingOrder>>> change, string? form)
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
