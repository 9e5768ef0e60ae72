namespace BankPortal.Infrastructure.Fraud;

/// <summary>The attributes of a row of the risk lists.</summary>
internal static class RiskListItems
{
    /// <summary>The attribute that says until when the subject is on a list.</summary>
    public static string Until(string list) => list + "_until";
}
