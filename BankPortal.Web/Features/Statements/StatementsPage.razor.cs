using BankPortal.Core.Statements;

namespace BankPortal.Web.Features.Statements;

/// <summary>The choice of statements: account, month, quarter, year or own days, and the format of files. Account, format and year are in
/// the address.</summary>
public sealed partial class StatementsPage
{
    private const string AccountName = "account";
    private const string FormatName = "format";
    private const string YearName = "year";

    private StatementChoice? _choice;
    private Error? _refusal;
    private StatementAccount? _account;
    private StatementFormat _format;
    private int _year;
    private DateOnly? _from;
    private DateOnly? _to;
    private string? _fromError;
    private string? _toError;

    [Inject] public required StatementService Statements { get; init; }

    [SupplyParameterFromQuery(Name = AccountName)] public string? AccountId { get; set; }

    [SupplyParameterFromQuery(Name = FormatName)] public string? Format { get; set; }

    [SupplyParameterFromQuery(Name = YearName)] public string? Year { get; set; }

    private StatementPeriod? Own => _from is { } from && _to is { } to ? new StatementPeriod(from, to) : null;

    protected override async Task OnParametersSetAsync()
    {
        Choose();
        await base.OnParametersSetAsync();
    }

    protected override async Task<StatementsContent> ReadAsync(Actor actor, CancellationToken ct) =>
        new(await Statements.ChooseAsync(actor, ct));

    protected override void Show(StatementsContent content)
    {
        _refusal = content.Choice.Error;
        _choice = content.Choice.IsSuccess ? content.Choice.Value : null;
        Choose();
    }

    private static string Day(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);

    private static string Address(string accountId, StatementFormat format, int? year) => QueryText.Address(
        BankRoutes.Statements,
        [
            new(AccountName, accountId),
            new(FormatName, format == StatementFormat.Pdf ? null : StatementService.NameOf(format)),
            new(YearName, year?.ToString(CultureInfo.InvariantCulture)),
        ]);

    // What the address says, as far as it is possible.
    private void Choose()
    {
        _format = QueryText.ParseName<StatementFormat>(Format) ?? StatementFormat.Pdf;
        var account = QueryText.OrNull(AccountId) is { } id
            ? _choice?.Accounts.FirstOrDefault(one => one.Account.Id == id)
            : _choice?.Accounts.FirstOrDefault(one => one.Account.Status != AccountStatus.Closed) ?? _choice?.Accounts.FirstOrDefault();
        if (account?.Account.Id != _account?.Account.Id)
        {
            ForgetErrors();
        }

        _account = account;
        _year = account is null ? 0
            : int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && account.Years.Contains(year) ? year
            : account.Last.Year;
    }

    private void ChooseAccount(ChangeEventArgs e)
    {
        if (_choice?.Accounts.FirstOrDefault(one => one.Account.Id == e.Value as string) is { } account)
        {
            Navigation.NavigateTo(Address(account.Account.Id, _format, null), replace: true);
        }
    }

    private void ChooseFormat(ChangeEventArgs e)
    {
        if (_account is { } account && QueryText.ParseName<StatementFormat>(e.Value as string) is { } format)
        {
            Navigation.NavigateTo(Address(account.Account.Id, format, _year), replace: true);
        }
    }

    private Error? Check(StatementPeriod period) =>
        _account is { } account && _choice is { } choice ? StatementRules.Check(account, period, choice.Today) : null;

    private void ForgetErrors() => (_fromError, _toError) = (null, null);

    // Shows next to the fields what is wrong with the days; whether nothing is.
    private bool Say()
    {
        ForgetErrors();
        if (Own is not { } own)
        {
            _fromError = _from is null ? "Enter the first day." : null;
            _toError = _to is null ? "Enter the last day." : null;
            return false;
        }

        var refusal = Check(own);
        _fromError = refusal?.Field == "from" ? refusal.Message : null;
        _toError = refusal is not null && _fromError is null ? refusal.Message : null;
        return refusal is null;
    }

    private void ShowOwn()
    {
        if (Say() && Own is { } own && _account is { } account)
        {
            Navigation.NavigateTo(BankRoutes.Statement(account.Account.Id, own.Key));
        }
    }
}
