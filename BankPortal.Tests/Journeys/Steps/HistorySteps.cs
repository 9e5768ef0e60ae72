namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Looking for movements.</summary>
public static class HistorySteps
{
    /// <summary>The rows that are shown.</summary>
    public static ILocator Rows(this Visitor visitor) => visitor.Main.Locator(".entry-list tbody tr");

    /// <summary>Types into the search field.</summary>
    public static Task SearchHistoryAsync(this Visitor visitor, string words) =>
        visitor.Page.GetByRole(AriaRole.Searchbox).FillAsync(words);
}
