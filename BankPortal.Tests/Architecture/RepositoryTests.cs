namespace BankPortal.Tests.Architecture;

/// <summary>Rules for the files of the repository that no compiler checks.</summary>
[UnitTest]
public sealed partial class RepositoryTests
{
    private const int MaxLineLength = 140;

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
        Assert.Equal(text.Split("\"node_modules/").Length, text.Split("\"integrity\"").Length);
    }

    [Fact]
    public void Namespace_OfEverySourceFile_IsItsFolder()
    {
        var strays = SourceFiles()
            .Select(file => (File: Path.GetRelativePath(Root, file), Namespace: NamespaceLine().Match(File.ReadAllText(file))))
            .Where(source => source.Namespace.Success)
            .Where(source =>
                Path.GetDirectoryName(source.File)!.Replace(Path.DirectorySeparatorChar, '.') != source.Namespace.Groups["name"].Value
            )
            .Select(source => $"{source.File}: {source.Namespace.Groups["name"].Value}")
            .Order(StringComparer.Ordinal);

        Assert.Equal("", string.Join(Environment.NewLine, strays));
    }

    [Fact]
    public void Input_ThatIsFollowedWhileTyping_IsBound()
    {
        // With a separate @oninput handler beside a value, the framework sends the value back over what was typed meanwhile:
        // somebody who types faster than the round trip loses letters or digits. @bind:event does not.
        var wrong = Files("*.razor")
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
            .Select(file =>
                (
                    File: Path.GetRelativePath(Root, file),
                    Name: Path.GetFileNameWithoutExtension(file).Split('.')[0],
                    Types: PublicTypeLine()
                        .Matches(File.ReadAllText(file))
                        .Select(match => match.Groups["name"].Value)
                        .Distinct(StringComparer.Ordinal)
                        .ToList()
                )
            )
            // Small related records stand in the file of the type they belong to.
            .Where(source => source.Types.Count > 0 && !source.Types.Contains(source.Name, StringComparer.Ordinal))
            .Select(source => $"{source.File}: {string.Join(", ", source.Types)}")
            .Order(StringComparer.Ordinal);

        Assert.Equal("", string.Join(Environment.NewLine, strays));
    }

    [Fact]
    public void Line_OfCSharp_HasAtMost140Characters()
    {
        // A sentence stays in one piece: lines that hold a string may be longer.
        var tooLong = SourceFiles().SelectMany(LinesOutsideStrings).Where(line => line.Text.Length > MaxLineLength);

        AssertNone(tooLong.Select(line => line.Place));
    }

    [Fact]
    public void Text_OfCodeScreensAndDocs_UsesTheTermsOfTheGlossary()
    {
        // Test data may say that a member of staff corrects a mistake. This file and the naming rules list the banned terms.
        var files = SourceFiles().Concat(Files("*.razor")).Concat(Files("*.md"))
            .Where(file => !file.Contains("Architecture", StringComparison.Ordinal)
                && !file.EndsWith("glossary.md", StringComparison.Ordinal));

        AssertNone(LinesOf(files).Where(line => BannedTerms().IsMatch(line.Text)).Select(line => $"{line.Place}: {line.Text.Trim()}"));
    }

    [Theory]
    [InlineData("/// <summary>The tables of the room Fraud.</summary>", true)]
    [InlineData("What going over the books has come to", true)]
    [InlineData("private string? Mistake(string field)", true)]
    [InlineData("the arrows of the architecture", true)]
    [InlineData("The tables of the module Fraud; the ledger has headroom", false)]
    public void BannedTerms_InALine_AreFound(string line, bool banned) => Assert.Equal(banned, BannedTerms().IsMatch(line));

    private static void AssertNone(IEnumerable<string> offenders) =>
        Assert.Equal("", string.Join(Environment.NewLine, offenders.Order(StringComparer.Ordinal)));

    private static IEnumerable<(string Place, string Text)> LinesOutsideStrings(string file)
    {
        var inRawString = false;
        foreach (var line in LinesOf([file]))
        {
            if (line.Text.Split("\"\"\"").Length % 2 == 0)
            {
                inRawString = !inRawString;
            }
            else if (!inRawString && !line.Text.Contains('"', StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> LinesOf(IEnumerable<string> files) =>
        files.SelectMany(file => File.ReadLines(file).Select((text, i) => ($"{Path.GetRelativePath(Root, file)}:{i + 1}", text)));

    private static IEnumerable<string> SourceFiles() => Files("*.cs");

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateDirectories(Root, "BankPortal.*").Append(Path.Combine(Root, "docs"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root, pattern))
            .Where(file =>
                !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")
            );

    [GeneratedRegex(@"going over the books|\brooms?\b(?! for)|\bthe arrows\b|\bmistakes?\b", RegexOptions.IgnoreCase, 5000)]
    private static partial Regex BannedTerms();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex NamespaceLine();

    // At the start of a line: top-level types only.
    [GeneratedRegex(
        @"^public (?:(?:sealed|static|abstract|partial|readonly) )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        5000)]
    private static partial Regex PublicTypeLine();
}
