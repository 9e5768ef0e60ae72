using System.CommandLine;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Compares closed days with the ledger and says which of them differ.</summary>
internal sealed class VerifyDaysCommand(DayVerification verification, IBankDayStore store, TimeProvider time) : IPortalCommand
{
    private const string FromOption = "--from";
    private const string ToOption = "--to";
    private const string DayFormat = "yyyy-MM-dd";

    public static Command Define() =>
        new("verify-days", "Compare closed days with the entries they sum up; exit code 1 when one differs. Safe at any time.")
        {
            DayOption(FromOption, "The first day (default: the first closed one)."),
            DayOption(ToOption, "The last day (default: the last closed one)."),
        };

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        if (await store.FindClosedToAsync(ct) is not { } last || await store.FindFirstAsync(ct) is not { } first)
        {
            await Console.Out.WriteLineAsync("No day is closed yet.");
            return ExitCodes.Ok;
        }

        first = Later(first, DayOf(call, FromOption) ?? first);
        last = DayOf(call, ToOption) is { } to && to < last ? to : last;
        var progress = new ProgressLine("Comparing", time);
        var (done, wrong) = (0, 0);
        var total = Math.Max(0, last.DayNumber - first.DayNumber + 1);
        var differences = new List<string>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            // Somebody waits, so it does not rest.
            var found = await verification.VerifyAsync(day, new WorkShare(1, time), ct);
            wrong += found.IsEmpty ? 0 : 1;
            differences.AddRange(found.Select(difference =>
                $"DIFFERS {difference.Day?.ToString(DayFormat, CultureInfo.InvariantCulture)} {difference.AccountId}: should be {difference.Expected}; is {difference.Found}"));
            progress.Show(++done, total);
        }

        ProgressLine.End();
        foreach (var difference in differences)
        {
            await Console.Out.WriteLineAsync(difference);
        }

        await Console.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{total:N0} closed days compared with the ledger; days that differ: {wrong:N0}"));
        return wrong == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static Option<string> DayOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DAY",
        Validators =
        {
            day => day.Require(
                day.Tokens is not [{ Value: var text }] || TryDay(text) is not null, $"{name} takes a day such as 2026-03-31."),
        },
    };

    private static DateOnly? DayOf(ParseResult call, string option) => call.GetValue<string>(option) is { } text ? TryDay(text) : null;

    private static DateOnly? TryDay(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
