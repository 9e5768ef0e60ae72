using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using BankPortal.Bench.Costs;
using BankPortal.Bench.Faults;

namespace BankPortal.Bench;

/// <summary>Runs what the command line asks for.</summary>
internal static class BenchCommand
{
    /// <summary>How results are written, and read again.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <returns>0; 1 when the ledger is not in order afterwards or the engine is missing, 2 for a command line that cannot be
    /// understood.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [FaultProcess.Command, ..])
        {
            return await FaultProcess.RunAsync(arguments);
        }

        if (arguments is ["faults", .. var rest])
        {
            return await FaultCommand.RunAsync(rest);
        }

        if (arguments is [Comparison.Command, .. var files])
        {
            return await Comparison.RunAsync(files);
        }

        BenchOptions options;
        try
        {
            options = BenchOptions.Parse(arguments);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            await Console.Error.WriteLineAsync(BenchOptions.Usage);
            return 2;
        }

#if DEBUG
        await Console.Error.WriteLineAsync("This is a Debug build: its numbers mean little. Use -c Release.");
#endif
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"BankPortal.Bench, {DateTime.UtcNow:u}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}"
            )
        );
        Console.WriteLine(
            "Engine: dynoxide, in memory, as a process beside this one on the same cores. Ratios only: none of this is DynamoDB's speed."
        );
        Console.WriteLine();

        var results = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["at"] = DateTime.UtcNow,
            ["cores"] = Environment.ProcessorCount,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["engine"] = "dynoxide in memory",
        };
        var figures = new Figures();
        try
        {
            if (options.Costs)
            {
                results["costs"] = await CostBench.RunAsync(options.Details, figures);
            }

            if (options.Ledger)
            {
                results["ledger"] = await LedgerBench.RunAsync(options, figures);
            }

            if (options.Crowds)
            {
                results["crowds"] = await ContentionBench.RunAsync(options, figures);
            }

            if (options.Scoring)
            {
                results["scoring"] = await ScoringBench.RunAsync(options, figures);
            }

            if (options.Frames)
            {
                results["frames"] = await FrameBench.RunAsync(options, figures);
            }

            if (options.Watch)
            {
                results["watchers"] = await WatchersBench.RunAsync(options, figures);
            }

            if (options.Circuits)
            {
                results["circuits"] = await CircuitsBench.RunAsync(options, figures);
            }

            if (options.Simulate)
            {
                results["simulation"] = await SimulationBench.RunAsync(options);
            }

            if (options.Pages)
            {
                results["pages"] = await PagesBench.RunAsync(options, figures);
            }
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or BenchFailedException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        if (options.JsonFile is { } file)
        {
            results["figures"] = figures.All;
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, Json));
            Console.WriteLine($"Written to {file}.");
        }

        return 0;
    }
}
