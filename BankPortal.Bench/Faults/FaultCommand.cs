using System.CommandLine;
using BankPortal.Web.Hosting.Commands;

namespace BankPortal.Bench.Faults;

/// <summary>The long run from the command line.</summary>
internal static class FaultCommand
{
    private const string MinutesName = "--minutes";
    private const double MostMinutes = 1440;

    public static Command Define()
    {
        var command = new Command("faults", "Money moved under faults and crashes, then judged; exit code 1 when an invariant is violated.")
        {
            MinutesOption(),
            BenchOptions.NumberOption("--seed", Environment.TickCount & 0xFFFFFF, 0, int.MaxValue, "What chance is drawn from; another each time."),
            BenchOptions.NumberOption("--workers", 8, 1, 256, "How many at the same time."),
            BenchOptions.NumberOption("--accounts", 5, 2, 100, "How many accounts share the transfers."),
        };
        command.SetAction(call => RunAsync(
            call.ValueOrDefault<double>(MinutesName),
            call.ValueOrDefault<int>("--seed"),
            call.ValueOrDefault<int>("--workers"),
            call.ValueOrDefault<int>("--accounts")));
        return command;
    }

    private static Option<double> MinutesOption() => new(MinutesName)
    {
        Description = "How long.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = given =>
        {
            var text = given.Tokens[0].Value;
            given.Require(
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)
                    && minutes is > 0 and <= MostMinutes,
                $"{MinutesName}: '{text}' is not a number of minutes up to a day.");
            return minutes;
        },
    };

    /// <returns>0 when nothing was violated, 1 otherwise.</returns>
    private static async Task<int> RunAsync(double minutes, int seed, int workers, int accounts)
    {
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
        catch (BenchFailedException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
