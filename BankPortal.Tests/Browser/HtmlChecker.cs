using System.Diagnostics;
using System.Text.Json;

namespace BankPortal.Tests.Browser;

/// <summary>
/// Checks pages with the W3C's validator (the Nu Html Checker, a Java program from npm). One run takes many pages, because starting
/// it takes longer than checking them.
/// </summary>
internal static class HtmlChecker
{
    private static readonly string Jar = Path.Combine(
        RepositoryPaths.Root, "BankPortal.Tests", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");

    /// <summary>Why it cannot run here; <see langword="null"/> when it can.</summary>
    public static string? MissingBecause =>
        !File.Exists(Jar) ? "The W3C's validator is not installed (the build fetches it with npm)."
        : !TestEngines.HasJava() ? "Java is not installed, so the W3C's validator cannot run."
        : null;

    /// <summary>Every error in the pages: the page, the message and the place.</summary>
    /// <param name="pages">The pages' HTML by name.</param>
    public static async Task<IReadOnlyList<string>> FindErrorsAsync(IReadOnlyList<(string Name, string Html)> pages)
    {
        var folder = Directory.CreateTempSubdirectory("bankportal-html-").FullName;
        try
        {
            foreach (var (page, i) in pages.Select((page, i) => (page, i)))
            {
                await File.WriteAllTextAsync(FileOf(folder, i), page.Html);
            }

            using var java = Process.Start(new ProcessStartInfo("java")
            {
                ArgumentList = { "-Xss8m", "-jar", Jar, "--errors-only", "--format", "json", "--exit-zero-always", folder },
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            _ = java.StandardOutput.ReadToEndAsync();
            var report = await java.StandardError.ReadToEndAsync();
            await java.WaitForExitAsync();
            using var json = JsonDocument.Parse(report);
            return [.. json.RootElement.GetProperty("messages").EnumerateArray().Select(message => Describe(message, pages))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FileOf(string folder, int page) =>
        Path.Combine(folder, page.ToString("D4", CultureInfo.InvariantCulture) + ".html");

    private static string Describe(JsonElement message, IReadOnlyList<(string Name, string Html)> pages)
    {
        var page = int.Parse(Path.GetFileNameWithoutExtension(Text("url")), CultureInfo.InvariantCulture);
        return $"{pages[page].Name}: {Text("message")} {Text("extract").ReplaceLineEndings(" ")}";

        string Text(string name) => message.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }
}
