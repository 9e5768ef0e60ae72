using System.Runtime.InteropServices;

namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>Finds the embedded engine's program.</summary>
internal static class EngineProgram
{
    /// <summary>Returns the path of the program.</summary>
    /// <param name="configured">The configured path; when given, no other path is tried.</param>
    /// <exception cref="DatabaseUnavailableException">The program is not found.</exception>
    public static string Find(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return File.Exists(configured)
                ? MakeExecutable(Path.GetFullPath(configured))
                : throw new DatabaseUnavailableException($"Dynamo:EnginePath names {configured}, but there is no such file.");
        }

        return Candidates().FirstOrDefault(File.Exists) is { } found
            ? MakeExecutable(found)
            : throw new DatabaseUnavailableException(
                "The embedded database engine was not found beside the portal. Build the portal where Node is installed (the build fetches "
                + "the engine), name the program in Dynamo:EnginePath, or use another database with Dynamo:Mode Endpoint or Aws.");
    }

    private static IEnumerable<string> Candidates()
    {
        var program = OperatingSystem.IsWindows() ? "dynoxide.exe" : "dynoxide";
        yield return Path.Combine(AppContext.BaseDirectory, "engine", program);

        var package = Path.Combine("node_modules", "@dynoxide", Platform(), program);
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, package);
                yield return Path.Combine(folder.FullName, "BankPortal.Web", package);
            }
        }
    }

    // The platform names used by npm packages.
    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return $"{system}-{processor}";
    }

    // Archives and file shares may drop the execute permission.
    private static string MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(path);
            if (!mode.HasFlag(UnixFileMode.UserExecute))
            {
                File.SetUnixFileMode(path, mode | UnixFileMode.UserExecute);
            }
        }

        return path;
    }
}
