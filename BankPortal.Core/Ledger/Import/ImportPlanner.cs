namespace BankPortal.Core.Ledger.Import;

/// <summary>
/// Turns the rows of a file into postings. The rows of an account are taken in order of time, those of one instant in the
/// order of the file. Where the file gives balances, the opening balance follows from the first row, and the account ends
/// with the last row's balance: what the rows between do not explain is posted openly as an adjustment against the bank's
/// suspense account, as late as possible, but before a row that it must cover.
/// </summary>
public static class ImportPlanner
{
    /// <summary>Plans the import.</summary>
    /// <param name="source">Names the other ledger. The same file imported under another name is another import.</param>
    /// <param name="rows">The rows that could be read.</param>
    /// <param name="unreadable">The lines that could not be read.</param>
    public static ImportPlan Plan(string source, IEnumerable<ImportRow> rows, IEnumerable<ImportProblem> unreadable)
    {
        var problems = new List<ImportProblem>(unreadable);
        var customers = new Dictionary<string, ImportCustomer>(StringComparer.Ordinal);
        var byAccount = new Dictionary<string, List<ImportRow>>(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!seen.TryAdd(row.TransactionId, row.Line))
            {
                problems.Add(new ImportProblem(row.Line, $"the transaction id is the same as on line {Show(seen[row.TransactionId])}"));
            }
            else if (byAccount.TryGetValue(row.AccountId, out var others) && Contradiction(others[0], row) is { } contradiction)
            {
                problems.Add(new ImportProblem(row.Line, contradiction));
            }
            else
            {
                customers.TryAdd(row.CustomerId, new ImportCustomer(row.CustomerId, row.CustomerName, row.CustomerEmail, row.Line));
                (others ?? (byAccount[row.AccountId] = [])).Add(row);
            }
        }

        // An account of which nothing can be posted is left out with its lines.
        var accounts = byAccount
            .Values.Select(account => PlanAccount(account, problems))
            .Where(account => !account.Steps.IsEmpty)
            .ToImmutableArray();
        return new ImportPlan(source, [.. customers.Values], accounts, [.. problems.OrderBy(problem => problem.Line)]);
    }

    private static string? Contradiction(ImportRow first, ImportRow row) =>
        row.CustomerId != first.CustomerId ? $"the account belongs to another customer on line {Show(first.Line)}"
        : row.Amount.Currency != first.Amount.Currency ? $"the account has another currency on line {Show(first.Line)}"
        : row.AccountType != first.AccountType ? $"the account has another type on line {Show(first.Line)}"
        : null;

    private static ImportAccount PlanAccount(List<ImportRow> unordered, List<ImportProblem> problems)
    {
        var rows = unordered.OrderBy(row => row.At).ThenBy(row => row.Line).ToList();
        var first = rows[0];
        var currency = first.Amount.Currency;
        var zero = Money.Zero(currency);
        var steps = ImmutableArray.CreateBuilder<ImportStep>(rows.Count + 2);
        var balance = zero;
        var adjusted = zero;

        void Post(ImportStep step)
        {
            steps.Add(step);
            balance += step.Amount;
        }

        void Adjust(ImportRow row, string key, Money amount)
        {
            adjusted += amount;
            Post(
                new ImportStep(
                    row.Line,
                    key,
                    row.At,
                    TransferKind.Adjustment,
                    amount,
                    "Not explained by the imported transactions",
                    "Adjustment"
                )
            );
        }

        if (first.BalanceAfter is { } after && after - first.Amount is { IsPositive: true } opening)
        {
            Post(
                new ImportStep(
                    first.Line,
                    $"open:{first.AccountId}",
                    first.At,
                    TransferKind.Opening,
                    opening,
                    "Opening balance",
                    "Opening balance"
                )
            );
        }

        foreach (var row in rows)
        {
            if ((balance + row.Amount).IsNegative)
            {
                if (row.BalanceAfter is not { IsNegative: false } stated)
                {
                    problems.Add(new ImportProblem(row.Line, $"would take the account to {balance + row.Amount}"));
                    continue;
                }

                Adjust(row, $"adjust:{row.TransactionId}", stated - (balance + row.Amount));
            }

            Post(new ImportStep(row.Line, $"row:{row.TransactionId}", row.At, row.Kind, row.Amount, row.Description, row.Counterparty));
        }

        if (rows[^1] is { BalanceAfter: { IsNegative: false } last } final && last != balance)
        {
            Adjust(final, $"adjust-last:{final.AccountId}:{final.TransactionId}", last - balance);
        }

        return new ImportAccount(first.CustomerId, first.AccountId, first.AccountType, currency, steps.ToImmutable(), balance, adjusted);
    }

    private static string Show(int line) => line.ToString(CultureInfo.InvariantCulture);
}
