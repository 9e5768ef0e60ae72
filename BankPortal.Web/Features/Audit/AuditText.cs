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

    public static string Outcome(SecurityEventOutcome outcome) => EnumText.Words(outcome);

    public static StatusTone Tone(SecurityEventOutcome outcome) =>
        outcome == SecurityEventOutcome.Succeeded ? StatusTone.Neutral : StatusTone.Attention;

    /// <summary>A number with its noun: "1 record", "2,000 records".</summary>
    public static string Count(long number, string noun) =>
        number.ToString("N0", CultureInfo.CurrentCulture) + " " + noun + (number == 1 ? "" : "s");
}
