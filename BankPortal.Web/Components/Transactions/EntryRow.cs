using System.Text;

namespace BankPortal.Web.Components.Transactions;

/// <summary>
/// The cells of an entry's row as one piece of HTML. As elements a row has 44 frames of the render tree, and a list of entries
/// was a third of what an open page takes of the server's memory. Everything that people wrote is encoded here.
/// </summary>
internal static class EntryRow
{
    /// <summary>The cells, as HTML.</summary>
    /// <param name="line">The entry and its account.</param>
    /// <param name="compact">Without type and balance, and with relative days.</param>
    /// <param name="showAccount">Whether the account is named.</param>
    /// <param name="zone">The reader's time zone.</param>
    /// <param name="now">The time now, for "Today".</param>
    public static MarkupString Of(HistoryLine line, bool compact, bool showAccount, UserTimeZone zone, DateTimeOffset now)
    {
        var entry = line.Entry;
        var html = new StringBuilder(1200);
        html.Append("<td class=\"entry-when\">")
            .Append(Markup.Time(entry.PostedAt, compact ? TimeFormat.Day : TimeFormat.Date, zone, now))
            .Append(Markup.Time(entry.PostedAt, TimeFormat.Time, zone, now, "entry-clock"))
            .Append("</td><td class=\"entry-what\"><span class=\"entry-mark\">")
            .Append(Markup.Icon(EntryText.Icon(entry), 18))
            .Append("</span> <span class=\"entry-words\"><a class=\"entry-link\" href=\"")
            .Append(Markup.Encode(BankRoutes.Transaction(entry.TransferId)))
            .Append("\">")
            .Append(Markup.Encode(EntryText.Title(entry)))
            .Append("</a>");
        if (EntryText.Note(entry) is { Length: > 0 } note)
        {
            html.Append(" <span class=\"entry-note\">").Append(Markup.Encode(note)).Append("</span>");
        }

        html.Append("</span></td>");
        if (showAccount)
        {
            html.Append("<td class=\"entry-account\">").Append(Markup.Encode(line.Account.Label)).Append("</td>");
        }

        if (!compact)
        {
            html.Append("<td class=\"entry-kind\">").Append(Markup.Encode(EntryText.Kind(entry))).Append("</td>");
        }

        html.Append("<td class=\"num entry-amount\">")
            .Append(Markup.Amount(entry.Amount, AmountSign.Always, AmountTone.Movement))
            .Append("</td>");
        if (!compact)
        {
            html.Append("<td class=\"num entry-balance\">")
                .Append(Markup.Amount(entry.BalanceAfter, tone: AmountTone.Muted))
                .Append("</td>");
        }

        return new MarkupString(html.ToString());
    }
}
