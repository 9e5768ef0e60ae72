namespace BankPortal.Bench.Faults;

/// <summary>The long run from the command line.</summary>
internal static class FaultCommand
{
    /// <returns>0 when nothing was violated, 1 otherwise, 2 for a command line that cannot be understood.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (minutes, seed, workers, accounts) = (1.0, Environment.TickCount & 0xFFFFFF, 8, 5);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var ok =
                i + 1 < arguments.Length
                && arguments[i] switch
                {
                    "--minutes" => double.TryParse(
                        arguments[i + 1],
                        NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out minutes
                    ) && minutes is > 0 and <= 1440,
                    "--seed" => int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                    "--workers" => int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out workers)
                        && workers is > 0 and <= 256,
                    "--accounts" => int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out accounts)
                        && accounts is > 1 and <= 100,
                    _ => false,
                };
            if (!ok)
            {
                await Console.Error.WriteLineAsync($"'{arguments[i]}' cannot be understood.");
                await Console.Error.WriteLineAsync(BenchOptions.Usage);
                return 2;
            }
        }

        var folder = Directory.CreateTempSubdirectory("bankportal-faults-").FullName;
        try
        {
            Console.WriteLine(FormattableString.Invariant($"Seed {seed}; {minutes} minutes, {workers} workers, {accounts} accounts"));
            var report = await FaultRun.RunAsync(new FaultOptions
            {
                Seed = seed,
                Duration = TimeSpan.FromMinutes(minutes),
                Workers = workers,
                Accounts = accounts,
                KillEngineEvery = TimeSpan.FromSeconds(7),
                KillProcessEvery = TimeSpan.FromSeconds(5),
                Folder = folder,
            });
            Console.Write(report);
            return report.Violations.Count == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
