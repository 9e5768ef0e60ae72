namespace BankPortal.Tests.Statements.Formats;

/// <summary>
/// The schema that files of camt.053.001.08 are checked against: an extract written for these tests, with the elements that statements use,
/// in the order and with the limits of the message's definition. The official one may not be distributed here.
/// </summary>
internal static class CamtSchema
{
    /// <summary>Where it is.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        RepositoryPaths.Root, "BankPortal.Tests", "Statements", "Formats", "camt.053.001.08.extract.xsd");
}
