using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>
/// The cells of a transfer's row in the live list, written once for all who read the same language and time zone. As
/// components and elements, the list was half of what a watcher takes of the server's memory, and drawing it most of
/// its processor time; as one piece of text it is next to nothing. Everything that people wrote is encoded here.
/// </summary>
internal static class LiveRow
{
    // Held as long as the transfer is.
    private static readonly ConditionalWeakTable<Transfer, Written> Rows = [];

    /// <summary>The cells, as HTML.</summary>
    public static MarkupString Of(Transfer transfer, RulesInForce rules, TimeZoneInfo zone)
    {
        var culture = CultureInfo.CurrentCulture;
        if (Rows.TryGetValue(transfer, out var written) && written.Fits(culture, zone, rules.Live))
        {
            return written.Cells;
        }

        written = new Written(
            culture.Name,
            zone.Id,
            rules.Live,
            new MarkupString(Write(transfer, rules, TimeZoneInfo.ConvertTime(transfer.ChangedAt, zone), culture))
        );
        Rows.AddOrUpdate(transfer, written);
        return written.Cells;
    }

    private static string Write(Transfer transfer, RulesInForce rules, DateTimeOffset at, CultureInfo culture)
    {
        var html = new StringBuilder(900);
        var (clock, spoken) = (at.ToString("T", culture), MoneyFormat.Spoken(transfer.Amount));
        html.Append("<td class=\"live-when\"><a href=\"")
            .Append(Encode(BankRoutes.StaffTransaction(transfer.Id)))
            .Append("\" aria-label=\"")
            .Append(Encode($"Transaction at {clock}, {spoken}"))
            .Append("\"><time datetime=\"")
            .Append(TimeText.Machine(transfer.ChangedAt))
            .Append("\">")
            .Append(Encode(clock))
            .Append("</time></a></td>")
            .Append("<td class=\"num live-amount\"><span class=\"amount\"><span aria-hidden=\"true\">")
            .Append(Encode(MoneyFormat.Format(transfer.Amount)))
            .Append("</span><span class=\"sr-only\">")
            .Append(Encode(spoken))
            .Append("</span></span></td>")
            .Append("<td class=\"live-who\">");
        Side(html, transfer.DebitAccountId, transfer.DebitLabel);
        html.Append("<span class=\"live-arrow\" aria-hidden=\"true\"> → </span><span class=\"sr-only\"> to </span>");
        Side(html, transfer.CreditAccountId, transfer.CreditLabel);
        html.Append("</td><td class=\"live-kind\">")
            .Append(Encode(EntryText.Name(transfer.Kind)))
            .Append("</td><td class=\"live-outcome\"><span class=\"badge badge-")
            .Append(LiveText.Tone(transfer).ToString().ToLowerInvariant())
            .Append("\">")
            .Append(Encode(LiveText.Outcome(transfer)))
            .Append("</span></td><td class=\"live-rules\">");
        if (transfer.Risk is { Fired: { Length: > 0 } fired })
        {
            html.Append(Encode(string.Join(", ", fired.Select(id => LiveText.Rule(rules, id)))));
        }

        html.Append("</td><td class=\"num live-score\">");
        if (transfer.Risk is { Score: not 0 } risk)
        {
            html.Append(Encode(risk.Score.ToString(culture)));
        }

        return html.Append("</td>").ToString();
    }

    private static void Side(StringBuilder html, string accountId, string label)
    {
        var text = Encode(LiveText.Side(accountId, label));
        if (GeneralLedger.IsInternal(accountId))
        {
            html.Append(text);
            return;
        }

        html.Append("<a href=\"").Append(Encode(BankRoutes.FraudAccount(accountId))).Append("\">").Append(text).Append("</a>");
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private sealed record Written(string Culture, string Zone, CompiledRuleSet Rules, MarkupString Cells)
    {
        public bool Fits(CultureInfo culture, TimeZoneInfo zone, CompiledRuleSet rules) =>
            Culture == culture.Name && Zone == zone.Id && ReferenceEquals(Rules, rules);
    }
}
