namespace BankPortal.Tests.Architecture.Sample.Features.Ledger;

/// <summary>The text of a module's pages.</summary>
internal static class HistoryText
{
    public static string Title => "History";
}
