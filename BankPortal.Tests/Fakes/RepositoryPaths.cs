namespace BankPortal.Tests.Fakes;

/// <summary>Where the sources are, for tests of files that are not compiled.</summary>
internal static class RepositoryPaths
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = typeof(RepositoryPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryFolder").Value!;
}
