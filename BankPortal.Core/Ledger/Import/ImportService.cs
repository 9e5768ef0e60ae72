using System.Collections.Concurrent;

namespace BankPortal.Core.Ledger.Import;

/// <summary>
/// Carries an import out through the ledger, by the same rules as everything else. Every customer, account and posting has
/// a key that follows from the file, so a run that was broken off is simply run again. The postings of an account keep their order,
/// many to a commit. Nothing is posted on a closed day: an account whose first transactions are on closed days is left out as a whole.
/// </summary>
public sealed class ImportService(
    ICustomerRegistry customers,
    AccountService accounts,
    LedgerService ledger,
    ILedgerStore store,
    IClosedDays closedDays,
    LedgerRules rules)
{
    // Accounts are independent of each other; within one, order matters.
    private const int Workers = 8;

    /// <summary>Imports what is planned.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told after each posting.</param>
    /// <param name="ct">Stops between two commits; run again to go on.</param>
    public async Task<ImportOutcome> RunAsync(ImportPlan plan, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        var run = new Run(plan, progress, await closedDays.FindClosedToAsync(ct), rules);
        var byCustomer = plan.Accounts.ToLookup(account => account.CustomerId, StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            plan.Customers,
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = ct },
            async (customer, token) => await ImportCustomerAsync(run, customer, [.. byCustomer[customer.CustomerId]], token));
        return run.Outcome();
    }

    private async Task ImportCustomerAsync(Run run, ImportCustomer customer, List<ImportAccount> theirs, CancellationToken ct)
    {
        await LeaveOutClosedAsync(run, customer, theirs, ct);
        if (theirs.Count == 0)
        {
            return;
        }

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

    // Leaves accounts out that no earlier run has begun, and that begin on a closed day. Nothing is half posted then.
    private async Task LeaveOutClosedAsync(Run run, ImportCustomer customer, List<ImportAccount> theirs, CancellationToken ct)
    {
        foreach (var planned in theirs.Where(planned => planned.Steps[0].At < run.ClosedBefore).ToList())
        {
            var id = AccountService.IdOf(ICustomerRegistry.IdOf(run.Plan.Source, customer.CustomerId), KeyOf(run, planned));
            if ((await store.ReadManyAsync([], [id], ct)).Accounts.GetValueOrDefault(id) is not { Sequence: > 0 })
            {
                theirs.Remove(planned);
                run.Skip(
                    planned.Steps.Length,
                    new ImportProblem(
                        planned.Steps[0].Line,
                        $"account {planned.AccountId}: {run.ClosedText}, and it has transactions on them; nothing of this account is posted",
                        planned.Steps.Length));
            }
        }
    }

    private static string KeyOf(Run run, ImportAccount planned) => $"import:{run.Plan.Source}:{planned.AccountId}";

    private async Task ImportAccountAsync(Run run, string userId, ImportAccount planned, CancellationToken ct)
    {
        var opened = await accounts.OpenForAsync(
            Actor.System,
            userId,
            new OpenAccount(KeyOf(run, planned), planned.Type),
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
        var isClosed = false;
        foreach (var steps in ChunksOf(planned, run.ClosedBefore))
        {
            ct.ThrowIfCancellationRequested();
            var results = await ledger.ExecuteInOrderAsync([.. steps.Select(step => OrderOf(run, account.Id, step))], ct);
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
            isClosed = results.Any(result => result.Error is DayClosedError);
            if (isClosed || results.Count < steps.Length || TransferExecutor.IsWithoutAnswer(results[^1]))
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
                    isClosed
                        ? $"this and the later lines of the account were not posted: {run.ClosedText}, and lines before are dated on them"
                        : "this and the later lines of the account were not posted, because of the line before: run the import again",
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

    // What is dated on closed days is tried by itself: only if all of it was posted by an earlier run, later lines follow.
    private static IEnumerable<ImportStep[]> ChunksOf(ImportAccount planned, DateTimeOffset? closedBefore)
    {
        var closed = planned.Steps.TakeWhile(step => step.At < closedBefore).Count();
        return planned.Steps.Take(closed).Chunk(LedgerService.MaxOrdersInCommit)
            .Concat(planned.Steps.Skip(closed).Chunk(LedgerService.MaxOrdersInCommit));
    }

    private static TransferOrder OrderOf(Run run, string accountId, ImportStep step)
    {
        var opposite = GeneralLedger.Opposite(step.Kind, step.Amount.Currency);
        var isCredit = step.Amount.IsPositive;
        return new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = $"import:{DerivedId.From(run.Plan.Source, step.Key)}",
            Kind = step.Kind,
            DebitAccountId = isCredit ? opposite : accountId,
            CreditAccountId = isCredit ? accountId : opposite,
            Amount = step.Amount.Abs(),
            Description = step.Description,
            DebitName = isCredit ? step.Counterparty : null,
            CreditName = isCredit ? null : step.Counterparty,
            At = step.At,
            ClosedBefore = run.ClosedBefore,
        };
    }

    private sealed class Run(ImportPlan plan, IProgress<ImportProgress>? progress, DateOnly? closedTo, LedgerRules rules)
    {
        private readonly ConcurrentBag<ImportProblem> _problems = [.. plan.Problems];
        private readonly ConcurrentBag<string> _accounts = [];
        private readonly int _total = plan.StepCount;
        private int _done;
        private int _posted;
        private int _already;
        private int _customers;

        public ImportPlan Plan => plan;

        public DateTimeOffset? ClosedBefore { get; } = closedTo is { } day ? rules.StartOf(day.AddDays(1)) : null;

        public string ClosedText => string.Create(CultureInfo.InvariantCulture, $"the days up to {closedTo:d MMM yyyy} are closed");

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
