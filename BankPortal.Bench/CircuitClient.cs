using System.Text.Json;

namespace BankPortal.Bench;

/// <summary>
/// The client that opens circuits: a process of Node that speaks Blazor's protocol and acknowledges every batch, but draws
/// nothing. Its packages are fetched with npm when it is first used.
/// </summary>
internal static class CircuitClient
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Circuits");

    /// <summary>Fetches its packages if they are missing.</summary>
    /// <exception cref="BenchFailedException">npm is missing or failed.</exception>
    public static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return;
        }

        using var npm =
            Process.Start(new ProcessStartInfo("npm", ["ci", "--no-progress", "--loglevel=error"]) { WorkingDirectory = Folder })
            ?? throw new BenchFailedException("npm could not be started.");
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new BenchFailedException("The client of circuits could not be installed (npm ci).");
        }
    }

    /// <summary>Starts one of its scripts. It reads lines from standard input and answers each with a line of JSON.</summary>
    /// <exception cref="BenchFailedException">Node is missing.</exception>
    public static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        ) ?? throw new BenchFailedException("node could not be started.");

    /// <summary>Reads the next answer.</summary>
    /// <exception cref="BenchFailedException">The process has ended.</exception>
    public static async Task<JsonElement> ReadAsync(Process client)
    {
        var line = await client.StandardOutput.ReadLineAsync() ?? throw new BenchFailedException("The client of circuits has ended.");
        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Sends a command and reads the answer.</summary>
    public static async Task<JsonElement> AskAsync(Process client, object command)
    {
        await client.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command, JsonSerializerOptions.Web));
        return await ReadAsync(client);
    }
}
