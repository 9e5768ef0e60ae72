using System.Diagnostics;

namespace BankPortal.Tests.Statements.Formats;

/// <summary>A program of others that reads our files, where it is installed.</summary>
internal sealed class OutsideProgram(string name)
{
    private readonly string? _path = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the test when the program is missing.</summary>
    public void Require() => Assert.SkipWhen(_path is null, $"{name} is not installed.");

    /// <summary>Runs the program to its end and returns what it wrote.</summary>
    /// <returns>The exit code and the text of the standard output.</returns>
    public async Task<(int Code, string Output, string Errors)> RunAsync(CancellationToken ct, params string[] arguments)
    {
        var start = new ProcessStartInfo(_path!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, output, await errors);
    }
}
