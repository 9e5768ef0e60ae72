namespace BankPortal.Core.Ledger.Import;

/// <summary>
/// Turns the rows of a file into postings, in the order that the balances in the file confirm (<see cref="ImportOrder"/>). The opening
/// balance follows from the first balance given. An account whose balances do not follow from its rows is left out with all its rows,
/// unless differences are accepted: then it ends with the last row's balance, and what the rows do not explain is posted
/// openly as an adjustment against the bank's suspense account, as late as possible, but before a row that it must cover.
/// </summary>
public static class ImportPlanner
{
    // More would hide the sentence around them.
    private const int MaxLinesNamed = 20;

    /// <summary>Plans the import.</summary>
    /// <param name="source">Names the other ledger. The same file imported under another name is another import.</param>
    /// <param name="rows">The rows that could be read.</param>
    /// <param name="unreadable">The lines that could not be read.</param>
    /// <param name="acceptDifferences">Whether accounts are posted whose balances do not follow from their rows.</param>
    public static ImportPlan Plan(
        string source, IEnumerable<ImportRow> rows, IEnumerable<ImportProblem> unreadable, bool acceptDifferences = false)
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

        var isNewestFirst = ImportOrder.IsNewestFirst(byAccount.Values.Sum(ImportDirection.Of));
        var differing = 0;
        var accounts = ImmutableArray.CreateBuilder<ImportAccount>(byAccount.Count);
        foreach (var account in byAccount.Values)
        {
            var order = ImportOrder.Of(account, isNewestFirst);
            var (planned, left) = PlanAccount(order);
            problems.AddRange(left);
            if (!acceptDifferences && Difference(order, planned) is { } difference)
            {
                differing++;
                problems.Add(
                    new ImportProblem(
                        order.Rows.Min(row => row.Line),
                        $"account {planned.AccountId}: {difference}; nothing of this account is posted",
                        order.Rows.Length - left.Count));
            }
            else if (!planned.Steps.IsEmpty)
            {
                accounts.Add(planned);
            }
        }

        // Nobody is taken in without an account.
        var owners = accounts.Select(account => account.CustomerId).ToHashSet(StringComparer.Ordinal);
        return new ImportPlan(
            source,
            [.. customers.Values.Where(customer => owners.Contains(customer.CustomerId))],
            accounts.ToImmutable(),
            [.. problems.OrderBy(problem => problem.Line)],
            differing);
    }

    private static string? Contradiction(ImportRow first, ImportRow row) =>
        row.CustomerId != first.CustomerId ? $"the account belongs to another customer on line {Show(first.Line)}"
        : row.Amount.Currency != first.Amount.Currency ? $"the account has another currency on line {Show(first.Line)}"
        : row.AccountType != first.AccountType ? $"the account has another type on line {Show(first.Line)}"
        : null;

    // Null when the balances in the file follow from its rows.
    private static string? Difference(ImportOrder order, ImportAccount planned)
    {
        if (!order.Unexplained.IsEmpty)
        {
            var lines = order.Unexplained.Select(row => row.Line).Order().ToList();
            return lines.Count == 1
                ? $"the balance on line {Show(lines[0])} does not follow from the amounts"
                : $"the balances on lines {Show(lines)} do not follow from the amounts";
        }

        if (!order.Undecided.IsEmpty)
        {
            return $"lines {Show([.. order.Undecided.Select(row => row.Line)])} lead to one balance in the order of the file and to another in reverse, and nothing says which order is right";
        }

        return planned.IsAdjusted
            ? $"the balance on line {Show(order.Rows.Last(row => row.BalanceAfter is not null).Line)} is reached only with adjustments, {planned.Adjusted} in all"
            : null;
    }

    private static (ImportAccount Account, List<ImportProblem> LeftOut) PlanAccount(ImportOrder order)
    {
        var rows = order.Rows;
        var first = rows[0];
        var currency = first.Amount.Currency;
        var steps = ImmutableArray.CreateBuilder<ImportStep>(rows.Length + 2);
        var left = new List<ImportProblem>();
        var balance = Money.Zero(currency);

        void Post(ImportStep step)
        {
            steps.Add(step);
            balance += step.Amount;
        }

        void Adjust(ImportRow row, string key, Money amount) => Post(
            new ImportStep(
                row.Line, key, row.At, TransferKind.Adjustment, amount, "Not explained by the imported transactions", "Adjustment"));

        if (order.Opening > 0)
        {
            Post(
                new ImportStep(
                    first.Line,
                    $"open:{first.AccountId}",
                    first.At,
                    TransferKind.Opening,
                    Money.Of(order.Opening, currency),
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
                    left.Add(new ImportProblem(row.Line, $"would take the account to {balance + row.Amount}"));
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

        var account = new ImportAccount(first.CustomerId, first.AccountId, first.AccountType, currency, steps.ToImmutable(), balance);
        return (account, left);
    }

    private static string Show(int line) => line.ToString(CultureInfo.InvariantCulture);

    private static string Show(IReadOnlyList<int> lines)
    {
        var named = string.Join(", ", lines.Take(MaxLinesNamed).Select(Show));
        return lines.Count > MaxLinesNamed
            ? $"{named} and {Show(lines.Count - MaxLinesNamed)} more"
            : named;
    }
}
