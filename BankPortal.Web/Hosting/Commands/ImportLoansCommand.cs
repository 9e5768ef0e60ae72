using System.CommandLine;
using BankPortal.Core.Ledger.Import;
using BankPortal.Core.Lending.Import;
using BankPortal.Core.Lending.Performance;
using BankPortal.Infrastructure.Ledger.Import;
using BankPortal.Infrastructure.Lending.Import;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Takes the loans of another system in from a CSV file.</summary>
internal sealed class ImportLoansCommand(
    LoanImportService imports, LoanBookCloser closer, LedgerRules rules, AccountOptions options, TimeProvider time) : IPortalCommand
{
    private const int MaxLinesShown = 200;
    private const int LongestSource = 50;
    private const string FileArgument = "file";
    private const string SourceOption = "--source";
    private const string DryRunOption = "--dry-run";
    private const string DateFormatOption = "--date-format";
    private const string DecimalSeparatorOption = "--decimal-separator";

    public static Command Define() =>
        new("import-loans", "Import the loans of another bank from a CSV file (docs/lending.md); safe to run again.")
        {
            new Argument<string>(FileArgument)
            {
                Description = "The CSV file.",
                Validators = { file => file.Require(file.Tokens is not [{ Value.Length: 0 }], "The name of the file is empty.") },
            },
            new Option<string>(SourceOption)
            {
                Description = "The name under which the accounts were imported (default: the file's name).",
                HelpName = "NAME",
                Validators =
                {
                    source => source.Require(
                        source.Tokens is not [{ Value.Length: 0 or > LongestSource }],
                        FormattableString.Invariant($"{SourceOption} takes from 1 to {LongestSource} characters.")),
                },
            },
            new Option<bool>(DryRunOption) { Description = "Only report what would be imported." },
            new Option<string>(DateFormatOption)
            {
                Description = "How dates are written, such as dd/MM/yyyy (default: ISO 8601).",
                HelpName = "FORMAT",
                Validators =
                {
                    format => format.Require(
                        format.Tokens is not [{ Value: var text }] || ImportMapping.IsDateFormat(text),
                        $"{DateFormatOption} takes a format with day, month and year, such as dd/MM/yyyy."),
                },
            },
            new Option<string>(DecimalSeparatorOption)
            {
                Description = "What separates decimals, a comma or a point (default: a point, and no separated thousands).",
                HelpName = "SEPARATOR",
                Validators =
                {
                    separator => separator.Require(
                        separator.Tokens is not [{ Value: not ("," or ".") }], $"{DecimalSeparatorOption} takes a comma or a point."),
                },
            },
        };

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var file = call.GetRequiredValue<string>(FileArgument);
        ImmutableArray<LoanImportRow> rows;
        ImmutableArray<ImportProblem> unreadable;
        try
        {
            var mapping = new ImportMapping
            {
                DateFormat = call.GetValue<string>(DateFormatOption),
                DecimalSeparator = call.GetValue<string>(DecimalSeparatorOption) is [var separator] ? separator : null,
            };
            var content = ImportText.ToUtf8(await File.ReadAllBytesAsync(file, ct), ImportEncoding.Unicode);
            (rows, unreadable) = LoanFileReader.Read(content, mapping, Currency.Of(options.Currency), rules, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync($"{file} cannot be imported: {exception.Message}");
            return ExitCodes.Usage;
        }

        var isDryRun = call.GetValue<bool>(DryRunOption);
        var progress = new ProgressLine(isDryRun ? "Checking" : "Importing", time);
        var outcome = await imports.RunAsync(
            call.GetValue<string>(SourceOption) ?? Path.GetFileNameWithoutExtension(file),
            rows,
            isDryRun,
            new Direct<ImportProgress>(p => progress.Show(p.Done, p.Total)),
            ct);
        ProgressLine.End();
        if (!isDryRun)
        {
            // So that the performance of the past can be seen at once.
            await closer.CatchUpAsync(ct);
        }

        var problems = outcome.Problems.Concat(unreadable).OrderBy(problem => problem.Line).ToList();
        foreach (var problem in problems.Take(MaxLinesShown))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {problem.Line}: {problem.Reason}"));
        }

        if (problems.Count > MaxLinesShown)
        {
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"... and {problems.Count - MaxLinesShown:N0} more lines"));
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(file)}: {outcome.Added:N0} loans {(isDryRun ? "would be added" : "added")}, {outcome.Already:N0} there already, {problems.Count:N0} lines left out"));
        return problems.Count > 0 ? ExitCodes.Failed : ExitCodes.Ok;
    }
}
