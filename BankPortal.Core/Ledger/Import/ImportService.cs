using System.Collections.Concurrent;

namespace BankPortal.Core.Ledger.Import;

/// <summary>
/// Carries an import out through the ledger, by the same rules as everything else. Every customer, account and posting has
/// a key that follows from the file, so a run that was broken off is simply run again. The postings of an account keep their order,
/// many to a commit.
/// </summary>
public sealed class ImportService(ICustomerRegistry customers, AccountService accounts, LedgerService ledger, ILedgerStore store)
{
    // Accounts are independent of each other; within one, order matters.
    private const int Workers = 8;

    /// <summary>Imports what is planned.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told after each posting.</param>
    /// <param name="ct">Stops between two commits; run again to go on.</param>
    public async Task<ImportOutcome> RunAsync(ImportPlan plan, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        var run = new Run(plan, progress);
        var byCustomer = plan.Accounts.ToLookup(account => account.CustomerId, StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            plan.Customers,
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = ct },
            async (customer, token) => await ImportCustomerAsync(run, customer, byCustomer[customer.CustomerId], token));
        return run.Outcome();
    }

    private async Task ImportCustomerAsync(Run run, ImportCustomer customer, IEnumerable<ImportAccount> theirs, CancellationToken ct)
    {
        var user = await customers.EnsureCustomerAsync(run.Plan.Source, customer.CustomerId, customer.Name, customer.Email, ct);
        if (!user.IsSuccess)
        {
            var lines = theirs.Sum(account => account.Steps.Length);
            run.Skip(lines, new ImportProblem(customer.Line, $"the customer was not taken in: {user.Error.Message}"));
            return;
        }

        run.CountCustomer();
        foreach (var account in theirs)
        {
            await ImportAccountAsync(run, user.Value, account, ct);
        }
    }

    private async Task ImportAccountAsync(Run run, string userId, ImportAccount planned, CancellationToken ct)
    {
        var opened = await accounts.OpenForAsync(
            Actor.System,
            userId,
            new OpenAccount($"import:{run.Plan.Source}:{planned.AccountId}", planned.Type),
            planned.Currency,
            planned.Steps[0].At,
            ct);
        if (!opened.IsSuccess)
        {
            run.Skip(
                planned.Steps.Length, new ImportProblem(planned.Steps[0].Line, $"the account was not opened: {opened.Error.Message}"));
            return;
        }

        var account = opened.Value;
        run.CountAccount(account.Id);
        var done = 0;
        foreach (var steps in planned.Steps.Chunk(LedgerService.MaxOrdersInCommit))
        {
            ct.ThrowIfCancellationRequested();
            var results = await ledger.ExecuteInOrderAsync([.. steps.Select(step => OrderOf(run.Plan.Source, account.Id, step))], ct);
            foreach (var (step, result) in steps.Zip(results))
            {
                // A posting made by an earlier run carries a number that the account had before this run.
                run.Count(
                    step,
                    result,
                    alreadyPosted: result.IsSuccess
                        && Math.Max(result.Value.DebitSequence, result.Value.CreditSequence) <= account.Sequence
                );
            }

            done += results.Count;
            if (results.Count < steps.Length || TransferExecutor.IsWithoutAnswer(results[^1]))
            {
                break;
            }
        }

        // What comes after a posting that got no answer must not overtake it: then it could never be posted at its time.
        if (done < planned.Steps.Length)
        {
            run.Skip(
                planned.Steps.Length - done,
                new ImportProblem(
                    planned.Steps[done].Line,
                    "this and the later lines of the account were not posted, because of the line before: run the import again",
                    planned.Steps.Length - done));
            return;
        }

        var now = (await store.ReadAsync(DerivedId.From("none"), [account.Id], ct)).Accounts[account.Id];
        if (now.Balance != planned.FinalBalance)
        {
            run.Report(
                new ImportProblem(planned.Steps[^1].Line, $"the account ends with {now.Balance}, the file with {planned.FinalBalance}")
            );
        }
    }

    private static TransferOrder OrderOf(string source, string accountId, ImportStep step)
    {
        var opposite = GeneralLedger.Opposite(step.Kind, step.Amount.Currency);
        var isCredit = step.Amount.IsPositive;
        return new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = $"import:{DerivedId.From(source, step.Key)}",
            Kind = step.Kind,
            DebitAccountId = isCredit ? opposite : accountId,
            CreditAccountId = isCredit ? accountId : opposite,
            Amount = step.Amount.Abs(),
            Description = step.Description,
            DebitName = isCredit ? step.Counterparty : null,
            CreditName = isCredit ? null : step.Counterparty,
            At = step.At,
        };
    }

    private sealed class Run(ImportPlan plan, IProgress<ImportProgress>? progress)
    {
        private readonly ConcurrentBag<ImportProblem> _problems = [.. plan.Problems];
        private readonly ConcurrentBag<string> _accounts = [];
        private readonly int _total = plan.StepCount;
        private int _done;
        private int _posted;
        private int _already;
        private int _customers;

        public ImportPlan Plan => plan;

        public void CountCustomer() => Interlocked.Increment(ref _customers);

        public void CountAccount(string id) => _accounts.Add(id);

        public void Report(ImportProblem problem) => _problems.Add(problem);

        public void Count(ImportStep step, Result<Transfer> result, bool alreadyPosted)
        {
            if (result.IsSuccess)
            {
                Interlocked.Increment(ref _posted);
                Interlocked.Add(ref _already, alreadyPosted ? 1 : 0);
            }
            else
            {
                Report(new ImportProblem(step.Line, result.Error.Message));
            }

            progress?.Report(new ImportProgress(Interlocked.Increment(ref _done), _total));
        }

        public void Skip(int steps, ImportProblem problem)
        {
            Report(problem);
            progress?.Report(new ImportProgress(Interlocked.Add(ref _done, steps), _total));
        }

        public ImportOutcome Outcome() =>
            new(
                _customers,
                _accounts.Count,
                _posted,
                _already,
                [.. _problems.OrderBy(problem => problem.Line)],
                [.. _accounts.Order(StringComparer.Ordinal)]
            );
    }
}
