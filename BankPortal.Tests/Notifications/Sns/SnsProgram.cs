using System.Diagnostics;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>Programs in Node that the tests of the SNS client need.</summary>
internal static class SnsProgram
{
    private static string Folder => Path.Combine(RepositoryPaths.Root, "BankPortal.Tests", "Notifications", "Sns");

    /// <summary>Starts one; it ends when its input is closed, so with this process too.</summary>
    public static Process Start(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        foreach (var argument in (string[])[file, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs one to its end with the given input.</summary>
    public static async Task<string> RunAsync(string file, string argument, string input)
    {
        using var program = Start(file, argument);
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return output;
    }
}
