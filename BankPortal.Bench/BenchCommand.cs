using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using BankPortal.Bench.Costs;
using BankPortal.Bench.Faults;
using BankPortal.Web.Hosting.Commands;
using static BankPortal.Bench.BenchOptions;

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

    // What can be measured, in the order of the help. Every one can also be written to a file.
    private static Bench[] Benches =>
    [
        new(
            "ledger",
            "Transfers through the ledger's service beside the bare engine doing the same writes; loads: uniform, Zipf(1.0), everybody at one account.",
            LedgerBench.RunAsync,
            [RoundsOption(5), SecondsOption(), WorkersOption(), AccountsOption()]) { IsInAll = true },
        new(
            "crowds",
            "The loads in more detail: one node and many, and over a distance.",
            ContentionBench.RunAsync,
            [RoundsOption(5), SecondsOption(), AccountsOption(), LatencyOption()]) { IsInAll = true },
        new(
            "import",
            "Rows of an import: one commit for each beside ordered groups; in memory, over a distance, and in a file.",
            ImportBench.RunAsync,
            [RoundsOption(5), SecondsOption()]),
        new(
            "witness",
            "Transfers to a file with the witness beside it and without.",
            WitnessBench.RunAsync,
            [RoundsOption(5), SecondsOption()]),
        new(
            "scoring",
            "Assessing a transfer: the engine by itself, and transfers with and without it.",
            ScoringBench.RunAsync,
            [RoundsOption(5), SecondsOption(), AccountsOption(), RulesOption()]) { IsInAll = true },
        new(
            "pages",
            "The customer's pages with a short and with a long history.",
            PagesBench.RunAsync,
            [RoundsOption(), EntriesOption()]) { IsInAll = true },
        new(
            "reports",
            "A year's reports with few and with many entries, closing a day, and transfers meanwhile.",
            ReportsBench.RunAsync,
            [RoundsOption(), ScaleOption()]),
        new(
            "costs",
            "What each operation takes from DynamoDB: requests, units, dollars.",
            (options, figures) => CostBench.RunAsync(options.Details, figures),
            [DetailsOption()]),
        new(
            "frames",
            "The live monitor by itself: from commit to the frame that watchers are given, same node and another.",
            FrameBench.RunAsync,
            [SecondsOption("How long each crowd is measured; at least 10."), AccountsOption()]),
        new(
            "watchers",
            "The live monitor with many watchers: commit to screen, and what each costs the server (needs Node).",
            WatchersBench.RunAsync,
            [SecondsOption("A tenth of how long each crowd is measured."), WatchersOption(), PageOption(), PerSecondOption()]),
        new(
            "circuits",
            "What an open page takes of the server's memory, then a crowd of dashboards while money moves (needs Node).",
            CircuitsBench.RunAsync,
            [SecondsOption("A tenth of how long the crowd is measured."), PagesOption(), CircuitsOption(), CrowdOption(), PerSecondOption(), ClicksOption()]),
        new(
            "signins",
            "How a dashboard loads while many people sign in at the same moment.",
            SignInsBench.RunAsync,
            [RoundsOption(3), PeopleOption()]),
        new(
            "alerts",
            "From the commit of a transfer to its messages, and whether any is lost when the process that sends them is killed.",
            AlertsBench.RunAsync,
            [SecondsOption("A tenth of how long the steady pace is measured.")]),
        new(
            "simulate",
            "A labelled month through the bank, and what the shipped rules make of it.",
            (options, _) => SimulationBench.RunAsync(options),
            [SeedOption(), CustomersOption(), SchemesOption()]) { Key = "simulation" },
    ];

    // The options of all that the command all measures, once each.
    private static Option[] OptionsOfAll =>
    [
        RoundsOption(), SecondsOption(), WorkersOption(), AccountsOption(), LatencyOption(), RulesOption(), EntriesOption(),
    ];

    /// <returns>0; 1 when the ledger is not in order afterwards or the engine is missing, 2 for a command line that cannot be
    /// understood.</returns>
    public static Task<int> RunAsync(string[] arguments) => CommandArguments.InvokeAsync(Read(arguments));

    /// <summary>Reads a command line. Its errors say what cannot be understood.</summary>
    internal static ParseResult Read(params string[] arguments)
    {
        var root = new RootCommand(
            """
            Measures the bank. Run it from a Release build: dotnet run -c Release --project BankPortal.Bench -- COMMAND.
            Each command has a help of its own, with its options.
            """
        );

        // The action is never reached. It keeps the library from saying that a command is missing where one is misspelt.
        root.SetAction(_ => ExitCodes.Ok);
        root.Validators.Add(given => given.Require(arguments.Length > 0, "Name what to measure: one of the commands."));
        foreach (var bench in Benches)
        {
            root.Add(Measuring(bench.Name, bench.Summary, bench.Options, [bench]));
        }

        root.Add(Measuring("all", "ledger, crowds, scoring and pages.", OptionsOfAll, [.. Benches.Where(bench => bench.IsInAll)]));
        root.Add(FaultCommand.Define());
        root.Add(Comparison.Define());
        root.Add(FaultProcess.Define());
        root.Add(AlertsProcess.Define());
        return CommandArguments.Read(root, arguments);
    }

    private static Command Measuring(string name, string summary, IReadOnlyList<Option> options, IReadOnlyList<Bench> benches)
    {
        var command = new Command(name, summary);
        foreach (var option in options.Append(JsonOption()))
        {
            command.Add(option);
        }

        command.SetAction(call => MeasureAsync(new BenchOptions(call), benches));
        return command;
    }

    private static async Task<int> MeasureAsync(BenchOptions options, IReadOnlyList<Bench> benches)
    {
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
            foreach (var bench in benches)
            {
                results[bench.Key] = await bench.RunAsync(options, figures);
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
