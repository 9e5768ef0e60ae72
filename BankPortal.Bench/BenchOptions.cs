namespace BankPortal.Bench;

/// <summary>What to measure, and how long.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        dotnet run -c Release --project BankPortal.Bench -- <ledger|crowds|pages|costs|scoring|simulate|frames|watchers|circuits|all|faults|compare> [options]

          ledger           transfers through the ledger's service beside the bare engine doing the same writes; loads: uniform,
                           Zipf(1.0), everybody at one account
          crowds           the loads in more detail: one node and many, and over a distance
          pages            the customer's pages with a short and with a long history
          costs            what each operation takes from DynamoDB: requests, units, dollars
          scoring          assessing a transfer: the engine by itself, and transfers with and without it
          frames           the live monitor by itself: from commit to the frame that watchers are given, same node and another
          simulate         a labelled month through the bank, and what the shipped rules make of it
          watchers         the live monitor with many watchers: commit to screen, and what each costs the server (needs Node)
          circuits         what an open page takes of the server's memory, then a crowd of dashboards while money moves (needs Node)
          all              ledger, crowds, pages and scoring
          compare A B      two files written by --json, figure by figure (--threshold PERCENT, default 10)
          faults           money moved under faults and crashes, then judged (--minutes N --seed S --workers N --accounts N)

          --rounds N       rounds, taken in turn by what is compared; at least 3 (default 7; ledger and crowds 5)
          --seconds S      ledger, crowds: how long one round should take (default 1; at least 1)
          --workers A,B    ledger: how many at the same time (default 1,16)
          --accounts N     ledger: how many accounts share the transfers (default 200)
          --entries N      pages: the long history (default 100000; the short one has 100)
          --seed S         simulate: what chance is drawn from (default 1)
          --customers N    simulate: honest customers (default 120)
          --schemes N      simulate: schemes of each typology (default 10)
          --watchers A,B   watchers: how many at the same time (default 1,100,500)
          --page PATH      watchers: another page of the fraud desk, to compare what a circuit takes (default /fraud/live)
          --pages A,B      circuits: the pages (default: dashboard, transfer, history, live monitor, cases)
          --circuits N     circuits: how many of each page (default 50)
          --crowd N        circuits: how many dashboards in the crowd; 0 leaves it out (default 1000)
          --per-second N   watchers, circuits: transfers a second (default 5)
          --rules N        scoring: how many rules (default 50)
          --latency MS     crowds: a delay before each request, as a network has (default 0)
          --details        costs: each request
          --json FILE      also write the results to a file
        """;

    public bool Ledger { get; private init; }

    public bool Costs { get; private init; }

    /// <summary>Costs: whether each request is shown.</summary>
    public bool Details { get; private init; }

    public bool Crowds { get; private init; }

    public bool Pages { get; private init; }

    public bool Scoring { get; private init; }

    /// <summary>Whether the frames of the live monitor are measured.</summary>
    public bool Frames { get; private init; }

    public bool Simulate { get; private init; }

    /// <summary>Whether the live monitor is measured.</summary>
    public bool Watch { get; private init; }

    /// <summary>Whether the memory of open pages is measured.</summary>
    public bool Circuits { get; private init; }

    /// <summary>Circuits: the pages.</summary>
    public IReadOnlyList<string> CircuitPages { get; private init; } =
        ["/account/dashboard", "/transactions/transfer", "/transactions/history", "/fraud/live", "/fraud/cases"];

    /// <summary>Circuits: how many of each page.</summary>
    public int CircuitCount { get; private init; } = 50;

    /// <summary>Circuits: how many dashboards are open while money moves.</summary>
    public int Crowd { get; private init; } = 1000;

    public IReadOnlyList<int> Watchers { get; private init; } = [1, 100, 500];

    /// <summary>Watchers: the page they look at.</summary>
    public string Page { get; private init; } = "/fraud/live";

    public int PerSecond { get; private init; } = 5;

    public int Seed { get; private init; } = 1;

    public int Customers { get; private init; } = 120;

    public int Schemes { get; private init; } = 10;

    /// <summary>Scoring: how many rules a set has.</summary>
    public int Rules { get; private init; } = 50;

    public int Rounds { get; private init; } = 7;

    public double Seconds { get; private init; } = 1;

    public IReadOnlyList<int> Workers { get; private init; } = [1, 16];

    public int Accounts { get; private init; } = 200;

    public int Entries { get; private init; } = 100_000;

    public int Latency { get; private init; }

    public string? JsonFile { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It cannot be understood; the message says why.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = arguments is [var what, ..]
            ? what switch
            {
                "ledger" => new BenchOptions { Ledger = true, Rounds = 5 },
                "pages" => new BenchOptions { Pages = true },
                "costs" => new BenchOptions { Costs = true },
                "crowds" => new BenchOptions { Crowds = true, Rounds = 5 },
                "scoring" => new BenchOptions { Scoring = true, Rounds = 5 },
                "frames" => new BenchOptions { Frames = true },
                "simulate" => new BenchOptions { Simulate = true },
                "watchers" => new BenchOptions { Watch = true },
                "circuits" => new BenchOptions { Circuits = true },
                "all" => new BenchOptions { Ledger = true, Crowds = true, Pages = true, Scoring = true },
                _ => throw new FormatException($"'{what}' is nothing that can be measured."),
            }
            : throw new FormatException("Say what to measure.");

        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (arguments[i] == "--details")
            {
                options = options with { Details = true };
                i--;
                continue;
            }

            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} wants a value.");
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = Number(value, 3, 1000) },
                "--seconds" => options with { Seconds = Number(value, 1, 600) },
                "--workers" => options with { Workers = [.. value.Split(',').Select(n => Number(n, 1, 256))] },
                "--accounts" => options with { Accounts = Number(value, 2, 100_000) },
                "--entries" => options with { Entries = Number(value, 1000, 10_000_000) },
                "--seed" => options with { Seed = Number(value, 0, int.MaxValue) },
                "--customers" => options with { Customers = Number(value, 5, 5000) },
                "--schemes" => options with { Schemes = Number(value, 1, 500) },
                "--watchers" => options with { Watchers = [.. value.Split(',').Select(n => Number(n, 1, 2000))] },
                "--page" => options with { Page = value },
                "--pages" => options with { CircuitPages = [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries)] },
                "--circuits" => options with { CircuitCount = Number(value, 1, 2000) },
                "--crowd" => options with { Crowd = Number(value, 0, 5000) },
                "--per-second" => options with { PerSecond = Number(value, 1, 100) },
                "--rules" => options with { Rules = Number(value, 1, 200) },
                "--latency" => options with { Latency = Number(value, 0, 1000) },
                "--json" => options with { JsonFile = value },
                var other => throw new FormatException($"There is no option {other}."),
            };
        }

        // Each worker of the bare engine has two accounts at least to itself.
        return options.Accounts >= 2 * options.Workers.Max()
            ? options
            : throw new FormatException("There must be two accounts at least for each worker.");
    }

    private static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {least} to {most}."));
}
