using System.CommandLine;
using BankPortal.Core.Analytics;
using BankPortal.Core.Ledger.Import;
using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Takes customers, accounts and transactions in from a CSV file.</summary>
internal sealed class ImportCommand(ImportService imports, AccountDayService days, TimeProvider time) : IPortalCommand
{
    // More lines would hide the first ones; the total is printed too.
    private const int MaxProblemsShown = 200;

    private const string FileArgument = "file";
    private const string SourceOption = "--source";
    private const string DryRunOption = "--dry-run";
    private const int LongestSource = 50;

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
        };

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var file = call.GetRequiredValue<string>(FileArgument);
        var source = call.GetValue<string>(SourceOption);
        ImportFile read;
        try
        {
            using var text = File.OpenText(file);
            read = ImportFileReader.Read(text, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync($"{file} cannot be imported: {exception.Message}");
            return ExitCodes.Usage;
        }

        var plan = ImportPlanner.Plan(source ?? Path.GetFileNameWithoutExtension(file), read.Rows, read.Unreadable);
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(file)} ({read.Format}): {plan.Customers.Length:N0} customers, {plan.Accounts.Length:N0} accounts, {read.Rows.Length:N0} transactions, {plan.Problems.Length:N0} lines left out"
            )
        );
        if (call.GetValue<bool>(DryRunOption))
        {
            await ReportAsync(plan, plan.Problems);
            return plan.Problems.IsEmpty ? ExitCodes.Ok : ExitCodes.Failed;
        }

        var progress = new ProgressLine("Importing", time);
        var outcome = await imports.RunAsync(plan, new Direct<ImportProgress>(p => progress.Show(p.Done, p.Total)), ct);
        ProgressLine.End();

        // So that the first look of each customer at years of history costs no more than the next.
        await RebuildDaysCommand.RebuildAsync(outcome.AccountIds, days, time, ct);
        await ReportAsync(plan, outcome.Problems);
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"In the ledger: {outcome.Customers:N0} customers, {outcome.Accounts:N0} accounts, {outcome.Postings:N0} postings ({outcome.AlreadyPosted:N0} of them from an earlier run); problems: {outcome.Problems.Length:N0}"
            )
        );
        return outcome.Problems.IsEmpty ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task ReportAsync(ImportPlan plan, IReadOnlyList<ImportProblem> problems)
    {
        var adjusted = plan
            .Accounts.Where(account => account.Steps.Any(step => step.Kind == Core.Ledger.Transfers.TransferKind.Adjustment))
            .ToList();
        if (adjusted.Count > 0)
        {
            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{adjusted.Count:N0} accounts have balances that the file's transactions do not explain; the differences are posted as adjustments:"
                )
            );
            foreach (var account in adjusted)
            {
                await Console.Out.WriteLineAsync($"  {account.AccountId}: {account.Adjusted}");
            }
        }

        foreach (var problem in problems.Take(MaxProblemsShown))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {problem.Line}: {problem.Reason}"));
        }

        if (problems.Count > MaxProblemsShown)
        {
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"... and {problems.Count - MaxProblemsShown:N0} more lines")
            );
        }
    }
}
