namespace BankPortal.Tests.Architecture.Sample.Features.Ledger;

/// <summary>The text of a module's pages.</summary>
internal static class EntriesText
{
    public static string Title => "Entries";
}
