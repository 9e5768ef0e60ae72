using System.Text;
using BankPortal.Core.Audit;

namespace BankPortal.Web.Features.Audit;

/// <summary>The texts of the audit log's page.</summary>
internal static class AuditText
{
    public static string Outcome(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => "Done",
        AuditOutcome.Refused => "Refused",
        _ => "Outcome not recorded",
    };

    public static StatusTone Tone(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => StatusTone.Neutral,
        _ => StatusTone.Attention,
    };

    public static string Outcome(SecurityEventOutcome outcome) => Spaced(outcome.ToString());

    public static StatusTone Tone(SecurityEventOutcome outcome) =>
        outcome == SecurityEventOutcome.Succeeded ? StatusTone.Neutral : StatusTone.Attention;

    /// <summary>A number with its noun: "1 record", "2,000 records".</summary>
    public static string Count(long number, string noun) =>
        number.ToString("N0", CultureInfo.CurrentCulture) + " " + noun + (number == 1 ? "" : "s");

    /// <summary>The name of an enumeration value as words: "SignIn" becomes "Sign in".</summary>
    public static string Spaced(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }
}
