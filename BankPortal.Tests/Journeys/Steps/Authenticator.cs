using System.Diagnostics;

namespace BankPortal.Tests.Journeys.Steps;

/// <summary>
/// A phone with an authenticator app. The codes come from <c>oathtool</c> where it is installed, otherwise from the tests' own
/// reading of RFC 6238; never from the portal's code.
/// </summary>
public sealed class Authenticator(string secret)
{
    private const int StepSeconds = 30;

    private static readonly string? Oathtool = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "oathtool"))
        .FirstOrDefault(File.Exists);

    private long _lastStep;

    /// <summary>Whether the codes come from <c>oathtool</c>.</summary>
    public static bool IsOathtool => Oathtool is not null;

    /// <summary>
    /// A code that was not given before. The portal takes each code once and those of the next half minute, too, so a second
    /// one is there at once; for a third the clock has to go on.
    /// </summary>
    public async Task<string> NextCodeAsync(CancellationToken ct = default)
    {
        var step = Math.Max(CurrentStep, _lastStep + 1);
        while (step > CurrentStep + 1)
        {
            // The clock is the condition here: nobody can tell when it has gone on but itself.
            await Task.Delay(TimeSpan.FromMilliseconds(250), ct);
        }

        _lastStep = step;
        return await CodeAsync(secret, DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds), ct);
    }

    /// <summary>The code of a secret at a time.</summary>
    public static async Task<string> CodeAsync(string secret, DateTimeOffset at, CancellationToken ct = default)
    {
        if (Oathtool is null)
        {
            return AuthenticatorApp.Code(secret, at);
        }

        // The secret goes in by standard input: arguments can be read by everybody on the machine.
        var start = new ProcessStartInfo(Oathtool)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var argument in new[]
            {
                "--totp",
                "--base32",
                "--now",
                "@" + at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                "-",
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("oathtool did not start.");
        await process.StandardInput.WriteLineAsync(secret.AsMemory(), ct);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException("oathtool: " + await process.StandardError.ReadToEndAsync(ct));
    }

    private static long CurrentStep => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / StepSeconds;
}
