using System.CommandLine;
using System.CommandLine.Parsing;
using BankPortal.Web.Hosting.Commands;

namespace BankPortal.Bench;

/// <summary>
/// What to measure, and how long. Each option is two members: a property with its value, and a method that says what the command
/// line knows of it.
/// </summary>
/// <param name="call">The command line, without errors. Options that its command does not have are null or zero.</param>
internal sealed class BenchOptions(ParseResult call)
{
    private const int MostWorkers = 256;
    private const int UsualAccounts = 200;
    private const int LeastAccounts = 2;
    private const int MostAccounts = 100_000;

    /// <summary>How often everything is measured, in turn by what is compared.</summary>
    public int Rounds { get; } = call.ValueOrDefault<int>("--rounds");

    /// <summary>How long one round should take.</summary>
    public double Seconds { get; } = call.ValueOrDefault<int>("--seconds");

    /// <summary>How many transfer at the same time, one measurement for each.</summary>
    public IReadOnlyList<int> Workers { get; } = Numbers(call.ValueOrDefault<string>("--workers"));

    public int Accounts { get; } = call.ValueOrDefault<int>("--accounts");

    /// <summary>How many entries the long history has.</summary>
    public int Entries { get; } = call.ValueOrDefault<int>("--entries");

    /// <summary>Whether a tenth of the data is enough.</summary>
    public bool IsSmall { get; } = call.ValueOrDefault<string>("--scale") == "small";

    /// <summary>A delay before each request, in milliseconds.</summary>
    public int Latency { get; } = call.ValueOrDefault<int>("--latency");

    /// <summary>How many rules a set has.</summary>
    public int Rules { get; } = call.ValueOrDefault<int>("--rules");

    public int Seed { get; } = call.ValueOrDefault<int>("--seed");

    public int Customers { get; } = call.ValueOrDefault<int>("--customers");

    public int Schemes { get; } = call.ValueOrDefault<int>("--schemes");

    /// <summary>How many watch at the same time, one measurement for each.</summary>
    public IReadOnlyList<int> Watchers { get; } = Numbers(call.ValueOrDefault<string>("--watchers"));

    /// <summary>The page they look at.</summary>
    public string Page { get; } = call.ValueOrDefault<string>("--page") ?? "";

    /// <summary>The pages that are opened.</summary>
    public IReadOnlyList<string> CircuitPages { get; } =
        call.ValueOrDefault<string>("--pages")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>How many of each page.</summary>
    public int CircuitCount { get; } = call.ValueOrDefault<int>("--circuits");

    /// <summary>How many dashboards are open while money moves; 0 leaves the crowd out.</summary>
    public int Crowd { get; } = call.ValueOrDefault<int>("--crowd");

    /// <summary>How many sign in at the same moment.</summary>
    public int People { get; } = call.ValueOrDefault<int>("--people");

    /// <summary>How many clicks a second the crowd makes, all together.</summary>
    public int Clicks { get; } = call.ValueOrDefault<int>("--clicks");

    public int PerSecond { get; } = call.ValueOrDefault<int>("--per-second");

    /// <summary>Whether each request is shown.</summary>
    public bool Details { get; } = call.ValueOrDefault<bool>("--details");

    /// <summary>The file that the results are written to.</summary>
    public string? JsonFile { get; } = call.ValueOrDefault<string>("--json");

    public static Option RoundsOption(int usual = 7) =>
        NumberOption("--rounds", usual, 3, 1000, "Rounds, taken in turn by what is compared; at least 3.");

    public static Option SecondsOption(string description = "How long one round should take.") =>
        NumberOption("--seconds", 1, 1, 600, description);

    public static Option WorkersOption()
    {
        var option = NumbersOption("--workers", "1,16", 1, MostWorkers, "How many at the same time.");
        option.Validators.Add(given => given.Require(
            HasEnoughAccounts(given.GetValueOrDefault<string>(), given.GetResult("--accounts")),
            "There must be at least two --accounts for each of the --workers."));
        return option;
    }

    public static Option AccountsOption() =>
        NumberOption("--accounts", UsualAccounts, LeastAccounts, MostAccounts, "How many accounts share the transfers.");

    public static Option EntriesOption() =>
        NumberOption("--entries", 100_000, 1000, 10_000_000, "Entries of the long history; the short one has 100.");

    public static Option ScaleOption()
    {
        var option = new Option<string>("--scale")
        {
            Description = "full, or small for a tenth of the data.",
            HelpName = "SCALE",
            DefaultValueFactory = _ => "full",
        };
        option.Validators.Add(given =>
            given.Require(given.GetValueOrDefault<string>() is "full" or "small", "--scale takes full or small."));
        return option;
    }

    public static Option LatencyOption() =>
        NumberOption("--latency", 0, 0, 1000, "Milliseconds of delay before each request, as a network has.");

    public static Option RulesOption() => NumberOption("--rules", 50, 1, 200, "How many rules.");

    public static Option SeedOption() => NumberOption("--seed", 1, 0, int.MaxValue, "What chance is drawn from.");

    public static Option CustomersOption() => NumberOption("--customers", 120, 5, 5000, "Honest customers.");

    public static Option SchemesOption() => NumberOption("--schemes", 10, 1, 500, "Schemes of each typology.");

    public static Option WatchersOption() => NumbersOption("--watchers", "1,100,500", 1, 2000, "How many at the same time.");

    public static Option PageOption() => new Option<string>("--page")
    {
        Description = "Another page of the fraud desk, to compare what a circuit takes.",
        HelpName = "PATH",
        DefaultValueFactory = _ => "/fraud/live",
    };

    public static Option PagesOption() => new Option<string>("--pages")
    {
        Description = "The pages to open.",
        HelpName = "PATH,PATH",
        DefaultValueFactory = _ => "/account/dashboard,/transactions/transfer,/transactions/history,/fraud/live,/fraud/cases",
    };

    public static Option CircuitsOption() => NumberOption("--circuits", 50, 1, 2000, "How many of each page.");

    public static Option CrowdOption() => NumberOption("--crowd", 1000, 0, 5000, "How many dashboards in the crowd; 0 leaves it out.");

    public static Option PeopleOption() => NumberOption("--people", 200, 10, 2000, "How many sign in at the same moment.");

    public static Option ClicksOption() => NumberOption("--clicks", 20, 1, 1000, "Clicks a second of the crowd, all together.");

    public static Option PerSecondOption() => NumberOption("--per-second", 5, 1, 100, "Transfers a second.");

    public static Option DetailsOption() => new Option<bool>("--details") { Description = "Show each request." };

    public static Option JsonOption() =>
        new Option<string>("--json") { Description = "Also write the results to a file.", HelpName = "FILE" };

    /// <summary>An option whose value is a whole number within bounds.</summary>
    internal static Option<int> NumberOption(string name, int usual, int least, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = given =>
        {
            var isValid = TryNumber(given.Tokens[0].Value, least, most, out var number);
            given.Require(isValid, NotANumber(name, given.Tokens[0].Value, least, most));
            return number;
        },
    };

    // Its value is the text, because the help would show a list in another form than the one it is given in.
    private static Option<string> NumbersOption(string name, string usual, int least, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "N,N",
        DefaultValueFactory = _ => usual,
        Validators =
        {
            given =>
            {
                foreach (var text in given.GetValueOrDefault<string>()?.Split(',') ?? [])
                {
                    given.Require(TryNumber(text, least, most, out _), NotANumber(name, text, least, most));
                }
            },
        },
    };

    // Each worker of the bare engine has two accounts at least to itself. What is no number is reported by the options themselves.
    private static bool HasEnoughAccounts(string? workers, SymbolResult? accounts)
    {
        var number = UsualAccounts;
        return (accounts?.Tokens is [{ Value: var text }] && !TryNumber(text, LeastAccounts, MostAccounts, out number))
            || (workers?.Split(',') ?? []).All(n => !TryNumber(n, 1, MostWorkers, out var count) || number >= 2 * count);
    }

    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    private static string NotANumber(string name, string text, int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a number from {least} to {most}.");

    private static int[] Numbers(string? text) => [.. text?.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)) ?? []];
}
