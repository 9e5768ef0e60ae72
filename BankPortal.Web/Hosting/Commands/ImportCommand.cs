using BankPortal.Core.Analytics;
using BankPortal.Core.Ledger.Import;
using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Takes customers, accounts and transactions in from a CSV file.</summary>
internal sealed class ImportCommand(ImportService imports, AccountDayService days, TimeProvider time) : IPortalCommand
{
    // More lines would hide the first ones; the total is printed too.
    private const int MaxProblemsShown = 200;

    public string Name => "import";

    public string Usage => "<file.csv> [--source NAME] [--dry-run]";

    public string Summary => "Import customers, accounts and transactions from a CSV file (docs/import.md); safe to run again.";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct = default)
    {
        if (!TryParse(arguments, out var file, out var source, out var dryRun))
        {
            await Console.Error.WriteLineAsync($"Usage: {Name} {Usage}");
            return ExitCodes.Usage;
        }

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
        if (dryRun)
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

    private static bool TryParse(IReadOnlyList<string> arguments, out string file, out string? source, out bool dryRun)
    {
        (file, source, dryRun) = ("", null, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--dry-run":
                    dryRun = true;
                    break;
                case "--source" when i + 1 < arguments.Count && arguments[i + 1].Length is > 0 and <= 50:
                    source = arguments[++i];
                    break;
                case var name when file.Length == 0 && !name.StartsWith('-'):
                    file = name;
                    break;
                default:
                    return false;
            }
        }

        return file.Length > 0;
    }
}
