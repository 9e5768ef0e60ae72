using System.Collections.Immutable;
using System.Globalization;
using BankPortal.Core.Fraud;
using BankPortal.Core.Ledger;
using BankPortal.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Web.Components.Fraud.Live;

public sealed partial class LiveTable
{
    private ImmutableArray<Transfer> _rendered;

    [Inject]
    public required RulesInForce Rules { get; init; }

    [Inject]
    public required UserTimeZone UserTimeZone { get; init; }

    /// <summary>The transfers.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<Transfer> Rows { get; set; } = [];

    protected override bool ShouldRender()
    {
        var isNew = _rendered != Rows;
        _rendered = Rows;
        return isNew;
    }

    private string Clock(DateTimeOffset at) => UserTimeZone.ToLocal(at).ToString("T", CultureInfo.CurrentCulture);

    private static RenderFragment Side(string accountId, string label) => builder =>
    {
        var words = LiveWords.Side(accountId, label);
        if (GeneralLedger.IsInternal(accountId))
        {
            builder.AddContent(0, words);
            return;
        }

        builder.OpenElement(1, "a");
        builder.AddAttribute(2, "href", BankRoutes.FraudAccount(accountId));
        builder.AddContent(3, words);
        builder.CloseElement();
    };
}
