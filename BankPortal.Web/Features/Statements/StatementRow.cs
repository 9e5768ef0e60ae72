using System.Text;
using BankPortal.Core.Statements;

namespace BankPortal.Web.Features.Statements;

/// <summary>The cells of a movement as one piece of HTML, as those of <c>EntryRow</c>. All text of people is encoded here.</summary>
internal static class StatementRow
{
    /// <summary>The cells of a movement.</summary>
    public static MarkupString Of(StatementMovement movement)
    {
        var html = new StringBuilder(900);
        html.Append("<td class=\"statement-when\">")
            .Append(Markup.Encode(TimeText.Date(movement.Day, CultureInfo.CurrentCulture)))
            .Append("</td><td class=\"statement-what\"><a href=\"")
            .Append(Markup.Encode(BankRoutes.Transaction(movement.TransferId)))
            .Append("\">")
            .Append(Markup.Encode(StatementText.Title(movement)))
            .Append("</a> <span class=\"statement-kind\">")
            .Append(Markup.Encode(StatementText.Below(movement)))
            .Append("</span></td>");
        var isOut = movement.Amount.IsNegative;
        html.Append("<td class=\"num statement-out\">");
        if (isOut)
        {
            html.Append(Markup.Amount(movement.Amount.Abs(), currency: false));
        }

        html.Append("</td><td class=\"num statement-in\">");
        if (!isOut)
        {
            html.Append(Markup.Amount(movement.Amount, currency: false));
        }

        html.Append("</td><td class=\"num statement-balance\">")
            .Append(Markup.Amount(movement.Balance, tone: AmountTone.Muted, currency: false))
            .Append("</td>");
        return new MarkupString(html.ToString());
    }
}
