using BankPortal.Core.Statements;

namespace BankPortal.Web.Features.Statements;

/// <summary>One statement: to read, to print and to download.</summary>
public sealed partial class StatementPage
{
    /// <summary>The most movements on the page; files have all.</summary>
    internal const int MostShown = 1_000;

    private Statement? _statement;
    private Error? _refusal;

    [Inject] public required StatementService Statements { get; init; }

    /// <summary>The account's id.</summary>
    [Parameter] public string AccountId { get; set; } = "";

    /// <summary>The name of the period.</summary>
    [Parameter] public string PeriodName { get; set; } = "";

    protected override object? LoadKey => (AccountId, PeriodName);

    protected override async Task<StatementContent> ReadAsync(Actor actor, CancellationToken ct)
    {
        var address = (AccountId, PeriodName);
        return new StatementContent(
            address,
            StatementPeriod.TryParse(address.PeriodName, out var period)
                ? await Statements.ReadFirstAsync(actor, address.AccountId, period, MostShown, ct)
                : new UnknownPeriodError());
    }

    protected override void Show(StatementContent content)
    {
        if (content.Address == (AccountId, PeriodName))
        {
            _refusal = content.Statement.Error;
            _statement = content.Statement.IsSuccess ? content.Statement.Value : null;
        }
    }

    private static string Day(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);

    private static string Count(int count) =>
        count == 1 ? "1 movement" : count.ToString("N0", CultureInfo.CurrentCulture) + " movements";

    private string File(StatementFormat format) =>
        BankRoutes.StatementFile(AccountId, _statement!.Period.Key, StatementService.NameOf(format));
}
