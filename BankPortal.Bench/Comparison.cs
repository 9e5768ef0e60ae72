using System.CommandLine;
using System.Text.Json;
using BankPortal.Web.Hosting.Commands;

namespace BankPortal.Bench;

/// <summary>Two runs beside each other, figure by figure.</summary>
internal static class Comparison
{
    private const double DefaultPercent = 10;
    private const double MostPercent = 1000;

    public static Command Define()
    {
        var before = new Argument<string>("before") { Description = "A file written by --json." };
        var after = new Argument<string>("after") { Description = "A later one." };
        var threshold = new Option<double>("--threshold")
        {
            Description = "From which change in percent on a figure is better or worse.",
            HelpName = "PERCENT",
            DefaultValueFactory = _ => DefaultPercent,
            CustomParser = given =>
            {
                var text = given.Tokens[0].Value;
                given.Require(
                    double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                        && percent is >= 0 and <= MostPercent,
                    string.Create(CultureInfo.InvariantCulture, $"--threshold: '{text}' is not a percentage from 0 to {MostPercent}."));
                return percent;
            },
        };
        var command = new Command("compare", "Compare two files written by --json, figure by figure; exit code 1 when one became worse.")
        {
            before, after, threshold,
        };
        command.SetAction(call => RunAsync(
            call.GetRequiredValue(before), call.GetRequiredValue(after), call.GetValue(threshold) / 100));
        return command;
    }

    /// <param name="beforeFile">A file written by <c>--json</c>.</param>
    /// <param name="afterFile">A later one.</param>
    /// <param name="threshold">From which change on a figure is better or worse, as a share: 0.1 for a tenth.</param>
    /// <returns>0; 1 when a figure got worse by more than the threshold; 2 when there is nothing to compare.</returns>
    private static async Task<int> RunAsync(string beforeFile, string afterFile, double threshold)
    {
        var (before, after) = (await ReadAsync(beforeFile), await ReadAsync(afterFile));
        if (before is null || after is null)
        {
            return 2;
        }

        if (before.Cores != after.Cores || before.Runtime != after.Runtime)
        {
            Console.WriteLine(
                $"Not the same machine or runtime ({before.Cores} cores, {before.Runtime}; {after.Cores} cores, {after.Runtime}): compare ratios only."
            );
        }

        var rows = Compare(before.Figures, after.Figures, threshold);
        if (rows.Count == 0)
        {
            await Console.Error.WriteLineAsync("The two have no figure in common.");
            return 2;
        }

        var table = new TextTable("", "before", "after", "after / before", "");
        foreach (var row in rows)
        {
            table.Add(row.Name, Show(row.Before), Show(row.After), Show(row.Ratio), row.Verdict);
        }

        table.Print();
        var (worse, better) = (rows.Count(row => row.Verdict == Row.Worse), rows.Count(row => row.Verdict == Row.Better));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Count} figures, {worse} worse and {better} better by more than {threshold * 100:0.#} %; {before.Figures.Count + after.Figures.Count - (2 * rows.Count)} are only in one of the two."
            )
        );
        return worse > 0 ? 1 : 0;
    }

    /// <summary>The figures that both have, in the order of the first.</summary>
    /// <param name="before">The one run.</param>
    /// <param name="after">The other run.</param>
    /// <param name="threshold">From which change on a row is marked, as a share: 0.1 for a tenth.</param>
    public static IReadOnlyList<Row> Compare(IReadOnlyList<Figures.Figure> before, IReadOnlyList<Figures.Figure> after, double threshold)
    {
        var others = after.ToDictionary(figure => figure.Name, StringComparer.Ordinal);
        return
        [
            .. before
                .Where(figure => others.ContainsKey(figure.Name))
                .Select(figure => Row.Of(figure, others[figure.Name].Value, threshold)),
        ];
    }

    /// <summary>What a file written by <c>--json</c> holds for comparing; <see langword="null"/> where it is no such file.</summary>
    internal static Run? Parse(string json)
    {
        try
        {
            var run = JsonSerializer.Deserialize<Run>(json, BenchCommand.Json);
            return
                run is { Figures.Count: > 0 }
                && run.Figures.DistinctBy(figure => figure.Name, StringComparer.Ordinal).Count() == run.Figures.Count
                ? run
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<Run?> ReadAsync(string file)
    {
        try
        {
            if (Parse(await File.ReadAllTextAsync(file)) is { } run)
            {
                return run;
            }

            await Console.Error.WriteLineAsync($"{file} is not what --json writes.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file} cannot be read: {exception.Message}");
        }

        return null;
    }

    private static string Show(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);

    internal sealed record Run(int Cores, string? Runtime, IReadOnlyList<Figures.Figure> Figures);

    internal sealed record Row(string Name, double Before, double After, double Ratio, string Verdict)
    {
        public const string Worse = "WORSE";
        public const string Better = "better";

        public static Row Of(Figures.Figure before, double after, double threshold)
        {
            // Nothing beside nothing has not changed; something beside nothing has, without bound.
            var ratio = before.Value == after ? 1 : after / before.Value;
            var change = before.MoreIsBetter ? ratio - 1 : 1 - ratio;
            return new Row(before.Name, before.Value, after, ratio, change < -threshold ? Worse : change > threshold ? Better : "");
        }
    }
}
