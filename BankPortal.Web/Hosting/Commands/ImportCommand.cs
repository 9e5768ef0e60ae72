using System.CommandLine;
using BankPortal.Core.Analytics;
using BankPortal.Core.Ledger.Import;
using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Takes customers, accounts and transactions in from a CSV file.</summary>
internal sealed class ImportCommand(ImportService imports, AccountDayService days, LedgerRules rules, TimeProvider time) : IPortalCommand
{
    // More lines would hide the first ones; the total is printed too.
    private const int MaxLinesShown = 200;

    private const string FileArgument = "file";
    private const string SourceOption = "--source";
    private const string DryRunOption = "--dry-run";
    private const string AcceptDifferencesOption = "--accept-differences";
    private const string DateFormatOption = "--date-format";
    private const string DecimalSeparatorOption = "--decimal-separator";
    private const string EncodingOption = "--encoding";
    private const int LongestSource = 50;

    // UTF-8, and UTF-16 with a byte order mark, need no name.
    private static readonly Dictionary<string, ImportEncoding> Encodings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["windows-1252"] = ImportEncoding.Windows1252,
        ["latin-1"] = ImportEncoding.Latin1,
    };

    public static Command Define() =>
        new("import", "Import customers, accounts and transactions from a CSV file (docs/import.md); safe to run again.")
        {
            new Argument<string>(FileArgument)
            {
                Description = "The CSV file.",
                Validators = { file => file.Require(file.Tokens is not [{ Value.Length: 0 }], "The name of the file is empty.") },
            },
            new Option<string>(SourceOption)
            {
                Description = "A name for the system the file comes from (default: the file's name).",
                HelpName = "NAME",
                Validators =
                {
                    source => source.Require(
                        source.Tokens is not [{ Value.Length: 0 or > LongestSource }],
                        FormattableString.Invariant($"{SourceOption} takes from 1 to {LongestSource} characters.")),
                },
            },
            new Option<bool>(DryRunOption) { Description = "Only report what would be imported." },
            new Option<bool>(AcceptDifferencesOption)
            {
                Description = "Also post accounts whose balances do not follow from their transactions, with adjustments.",
            },
            new Option<string>(DateFormatOption)
            {
                Description = "How dates are written, such as dd/MM/yyyy (default: ISO 8601).",
                HelpName = "FORMAT",
                Validators =
                {
                    format => format.Require(
                        format.Tokens is not [{ Value: var text }] || ImportMapping.IsDateFormat(text),
                        $"{DateFormatOption} takes a format with day, month and year, such as dd/MM/yyyy or d.M.yyyy HH:mm."),
                },
            },
            new Option<string>(DecimalSeparatorOption)
            {
                Description = "What separates decimals, a comma or a point; thousands may then be separated too (default: a point, and no separated thousands).",
                HelpName = "SEPARATOR",
                Validators =
                {
                    separator => separator.Require(
                        separator.Tokens is not [{ Value: not ("," or ".") }], $"{DecimalSeparatorOption} takes a comma or a point."),
                },
            },
            new Option<string>(EncodingOption)
            {
                Description = "windows-1252 or latin-1 (default: UTF-8, or UTF-16 with a byte order mark).",
                HelpName = "NAME",
                Validators =
                {
                    encoding => encoding.Require(
                        encoding.Tokens is not [{ Value: var name }] || Encodings.ContainsKey(name),
                        $"{EncodingOption} takes {string.Join(" or ", Encodings.Keys)}."),
                },
            },
        };

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var file = call.GetRequiredValue<string>(FileArgument);
        var source = call.GetValue<string>(SourceOption);
        ImportFile read;
        try
        {
            var content = await File.ReadAllBytesAsync(file, ct);
            var encoding = call.GetValue<string>(EncodingOption) is { } name ? Encodings[name] : ImportEncoding.Unicode;
            read = ImportFileReader.Read(ImportText.ToUtf8(content, encoding), MappingOf(call), rules, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync($"{file} cannot be imported: {exception.Message}");
            return ExitCodes.Usage;
        }

        var plan = ImportPlanner.Plan(
            source ?? Path.GetFileNameWithoutExtension(file),
            read.Rows,
            read.Unreadable,
            call.GetValue<bool>(AcceptDifferencesOption));
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(file)} ({read.Format}): {plan.Customers.Length:N0} customers, {plan.Accounts.Length:N0} accounts, {read.Rows.Length:N0} transactions, {plan.Problems.Sum(problem => problem.LinesLeftOut):N0} lines left out"
            )
        );
        if (call.GetValue<bool>(DryRunOption))
        {
            return await ReportAsync(plan, plan.Problems);
        }

        var progress = new ProgressLine("Importing", time);
        var outcome = await imports.RunAsync(plan, new Direct<ImportProgress>(p => progress.Show(p.Done, p.Total)), ct);
        ProgressLine.End();

        // So that the first look of each customer at years of history costs no more than the next.
        await RebuildDaysCommand.RebuildAsync(outcome.AccountIds, days, time, ct);
        var code = await ReportAsync(plan, outcome.Problems);
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"In the ledger: {outcome.Customers:N0} customers, {outcome.Accounts:N0} accounts, {outcome.Postings:N0} postings ({outcome.AlreadyPosted:N0} of them from an earlier run); problems: {outcome.Problems.Length:N0}"
            )
        );
        return code;
    }

    private static ImportMapping MappingOf(ParseResult call) => new()
    {
        DateFormat = call.GetValue<string>(DateFormatOption),
        DecimalSeparator = call.GetValue<string>(DecimalSeparatorOption) is [var separator] ? separator : null,
    };

    // Gives back the exit code: whatever the import had to add to the file is for a person to look at.
    private static async Task<int> ReportAsync(ImportPlan plan, IReadOnlyList<ImportProblem> problems)
    {
        var opened = plan.Accounts.Where(account => account.Opening.IsPositive).ToList();
        await WarnAsync(opened, "begin with a balance from before the file; added as opening balances", account => account.Opening);
        var adjusted = plan.Accounts.Where(account => account.IsAdjusted).ToList();
        await WarnAsync(
            adjusted,
            "have balances that the file's transactions do not explain; the differences are posted as adjustments",
            account => account.Adjusted);

        foreach (var problem in problems.Take(MaxLinesShown))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {problem.Line}: {problem.Reason}"));
        }

        if (problems.Count > MaxLinesShown)
        {
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"... and {problems.Count - MaxLinesShown:N0} more lines")
            );
        }

        if (plan.DifferingAccounts > 0)
        {
            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{plan.DifferingAccounts:N0} accounts are left out because of their balances; {AcceptDifferencesOption} posts them with adjustments."
                )
            );
        }

        return problems.Count > 0 ? ExitCodes.Failed
            : opened.Count + adjusted.Count > 0 ? ExitCodes.Warnings
            : ExitCodes.Ok;
    }

    private static async Task WarnAsync(List<ImportAccount> accounts, string what, Func<ImportAccount, Money> amountOf)
    {
        if (accounts.Count == 0)
        {
            return;
        }

        // What was added and what was taken do not cancel each other out.
        var sums = accounts
            .Select(amountOf)
            .GroupBy(amount => (amount.Currency.Code, amount.IsNegative))
            .OrderBy(amounts => amounts.Key)
            .Select(amounts => amounts.Aggregate((sum, amount) => sum + amount));
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture, $"Warning: {accounts.Count:N0} accounts {what}, {string.Join(", ", sums)} in all:")
        );
        foreach (var account in accounts.Take(MaxLinesShown))
        {
            await Console.Out.WriteLineAsync($"  {account.AccountId}: {amountOf(account)}");
        }

        if (accounts.Count > MaxLinesShown)
        {
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"  ... and {accounts.Count - MaxLinesShown:N0} more accounts")
            );
        }
    }
}
