using System.Reflection;
using System.Text.RegularExpressions;

namespace BankPortal.Tests.Architecture;

/// <summary>Habits of the source tree that no compiler holds.</summary>
public sealed partial class RepositoryTests
{
    private static readonly string Root = typeof(RepositoryTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryFolder").Value!;

    [Theory]
    [InlineData("BankPortal.Web")]
    [InlineData("BankPortal.Tests")]
    public void LockFile_OfNpm_NamesNoRegistryAndHoldsEveryContent(string project)
    {
        var text = File.ReadAllText(Path.Combine(Root, project, "package-lock.json"));

        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(text, "\"node_modules/", RegexOptions.None, TimeSpan.FromSeconds(5)), Regex.Count(text, "\"integrity\"", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Namespace_OfEverySourceFile_IsItsFolder()
    {
        var strays = SourceFiles()
            .Select(file => (File: Path.GetRelativePath(Root, file), Namespace: NamespaceLine().Match(File.ReadAllText(file))))
            .Where(source => source.Namespace.Success)
            .Where(source => Path.GetDirectoryName(source.File)!.Replace(Path.DirectorySeparatorChar, '.') != source.Namespace.Groups["name"].Value)
            .Select(source => $"{source.File}: {source.Namespace.Groups["name"].Value}")
            .Order(StringComparer.Ordinal);

        Assert.Equal("", string.Join(Environment.NewLine, strays));
    }

    [Fact]
    public void Input_ThatIsFollowedWhileTyping_IsBound()
    {
        // A handler of its own beside a value makes the framework send the value back, over what was typed meanwhile:
        // somebody who types faster than the round trip loses letters, or digits of an amount. @bind:event does not.
        var wrong = Directory.EnumerateFiles(Path.Combine(Root, "BankPortal.Web"), "*.razor", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("@oninput", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file));

        Assert.Equal("", string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void SourceFile_WithPublicTypes_HasOneOfItsOwnName()
    {
        var strays = SourceFiles()
            .Where(file => !file.EndsWith(".razor.cs", StringComparison.Ordinal) && Path.GetFileName(file) != "Program.cs")
            // The error book of a module: one short record per rule, all in one file.
            .Where(file => !file.EndsWith("Errors.cs", StringComparison.Ordinal))
            .Select(file => (
                File: Path.GetRelativePath(Root, file),
                Name: Path.GetFileNameWithoutExtension(file).Split('.')[0],
                Types: PublicTypeLine().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList()))
            // Small related records stand in the file of the type they belong to.
            .Where(source => source.Types.Count > 0 && !source.Types.Contains(source.Name, StringComparer.Ordinal))
            .Select(source => $"{source.File}: {string.Join(", ", source.Types)}")
            .Order(StringComparer.Ordinal);

        Assert.Equal("", string.Join(Environment.NewLine, strays));
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateDirectories(Root, "BankPortal.*")
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex NamespaceLine();

    // At the start of a line: top-level types only.
    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|partial|readonly) )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PublicTypeLine();
}
