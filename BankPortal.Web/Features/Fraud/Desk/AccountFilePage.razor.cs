using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>An account as the fraud desk sees it, found by its number; freezing it and putting it on lists is done here.</summary>
public sealed partial class AccountFilePage
{
    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(1);

    private AccountFile? _file;
    private bool _refused;
    private string _number = "";
    private string? _mistake;
    private bool _searching;
    private Asking _asking;
    private string? _watched;
    private IDisposable? _watching;
    private LiveRefresh? _refresh;

    private enum Asking
    {
        Nothing,
        Freeze,
        Unfreeze,
        List,
    }

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required FraudFiles Files { get; init; }

    [Inject]
    public required AccountService Accounts { get; init; }

    [Inject]
    public required StaffActions Acts { get; init; }

    [Inject]
    public required TransferFeed Feed { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The account's id; none to look one up.</summary>
    [Parameter]
    public string? Id { get; set; }

    protected override object? LoadKey => Id ?? "";

    private StaffActionRecord? FrozenBy => _file?.Actions.FirstOrDefault(act => act.Record.Action == "account.freeze");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var actor = await Actors.GetAsync(ct);
        var found = id is null ? new NotFoundError("account") : await Files.AccountAsync(actor, id, ct);
        if (id != Id)
        {
            return;
        }

        _file = found.IsSuccess ? found.Value : null;
        _refused = found.Error is NotAllowedError || !FraudDesk.MayAct(actor);
        Watch(_file?.Account);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
            _refresh?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static IEnumerable<(string Words, ActivityBucket Sum)> Windows(AccountFile file) =>
    [
        ("This and the last hour", file.Account.Activity.SumOfHours(file.At, 2)),
        ("24 hours", file.Account.Activity.SumOfHours(file.At, AccountActivity.WindowHours)),
        ("7 days", file.Account.Activity.SumOfDays(file.At, 7)),
        ("30 days", file.Account.Activity.SumOfDays(file.At, AccountActivity.WindowDays)),
    ];

    private static string Times(int count) => count == 1 ? "1 time" : $"{Number(count)} times";

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    // What the table does not say of the recent past, in a few sentences.
    private static string ActivityWords(AccountFile file)
    {
        var activity = file.Account.Activity;
        var hour = AccountActivity.HourOf(file.At) - AccountActivity.WindowHours;
        var parties = activity.Parties.Where(party => party.Hour > hour).ToList();
        var (senders, receivers) = (parties.Count(party => !party.IsReceiver), parties.Count(party => party.IsReceiver));
        var month = activity.SumOfDays(file.At, AccountActivity.WindowDays);
        var words = new List<string>
        {
            (senders, receivers) is (0, 0)
                ? "No other customers in 24 hours."
                : $"In 24 hours from {Count(senders, "customer", "customers")} and to {Count(receivers, "customer", "customers")}.",
        };
        if (month.DebitMax > 0 || month.CreditMax > 0)
        {
            words.Add($"Largest in 30 days: {MoneyFormat.Format(new Money(month.DebitMax, file.Account.Currency))} out, {MoneyFormat.Format(new Money(month.CreditMax, file.Account.Currency))} in.");
        }

        if (month.HighValue > 0)
        {
            words.Add($"{Count(month.HighValue, "high-value movement", "high-value movements")} in 30 days.");
        }

        if (month.Cash > 0)
        {
            words.Add($"{Count(month.Cash, "cash movement", "cash movements")} in 30 days, together {MoneyFormat.Format(new Money(month.CashSum, file.Account.Currency))}{(month.NearLimitCash > 0 ? $", {Number(month.NearLimitCash)} just under the reporting limit" : "")}.");
        }

        if (activity.Inflow is { Amount: > 0 } inflow && inflow.At > file.At - AccountActivity.RecentWindow)
        {
            words.Add($"{MoneyFormat.Format(new Money(inflow.Amount, file.Account.Currency))} came in within the hour, {MoneyFormat.Format(new Money(inflow.PassedOn, file.Account.Currency))} of it left again.");
        }

        return string.Join(" ", words);
    }

    private static string Count(int count, string one, string many) =>
        $"{Number(count)}{(count >= AccountActivity.MaxParties && many == "customers" ? " or more" : "")} {(count == 1 ? one : many)}";

    private void Watch(Account? account)
    {
        if (_watched == account?.Id)
        {
            return;
        }

        _watching?.Dispose();
        _watching = null;
        _watched = account?.Id;
        if (account is not null)
        {
            _refresh ??= new LiveRefresh(RefreshPause, () => InvokeAsync(() => Gone.IsCancellationRequested ? Task.CompletedTask : ReloadAsync(quietly: true)), Time);
            _watching = Feed.Subscribe(account.OwnerId, transfer =>
            {
                if (transfer.DebitAccountId == account.Id || transfer.CreditAccountId == account.Id)
                {
                    _refresh.Signal();
                }
            });
        }
    }

    private void Closed(bool open)
    {
        if (!open)
        {
            _asking = Asking.Nothing;
        }
    }

    private void Type(string? text)
    {
        _number = text ?? "";
        _mistake = null;
    }

    private async Task LookUpAsync()
    {
        if (_searching)
        {
            return;
        }

        _searching = true;
        try
        {
            string? id = null;
            _mistake = (await Acts.DoAsync(async actor =>
            {
                var found = await Files.FindIdAsync(actor, _number, Gone);
                id = found.IsSuccess ? found.Value : null;
                return found;
            }))?.Message;
            if (id is not null)
            {
                Navigation.NavigateTo(BankRoutes.FraudAccount(id));
            }
        }
        finally
        {
            _searching = false;
        }
    }

    private Task ChangedAsync() => ReloadAsync(quietly: true);

    private Task<Error?> FreezeAsync(string reason) => ChangeAsync("Frozen", (actor, id) => Accounts.FreezeAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> UnfreezeAsync(string reason) => ChangeAsync("Unfrozen", (actor, id) => Accounts.UnfreezeAsync(actor, id, reason, CancellationToken.None));

    private async Task<Error?> ChangeAsync(string done, Func<Actor, string, Task<Result<Account>>> change)
    {
        if (_file is not { } file)
        {
            return null;
        }

        var refusal = await Acts.DoAsync(actor => change(actor, file.Account.Id));
        if (refusal is null)
        {
            Toasts.Done(done, file.Account.Number.Masked);
            await ReloadAsync(quietly: true);
        }

        return refusal;
    }
}
