using BankPortal.Core.Ledger.Import;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Performance;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Import;

/// <summary>
/// Takes over the loan book of another system. Each loan is checked by itself and added whole or not at all, under an id that follows from
/// source and file: a run that was broken off is simply run again. No money moves: it was lent and repaid elsewhere. Thread-safe.
/// </summary>
public sealed class LoanImportService(ILoanStore store, IAccountStore accounts, LoanBookCloser closer, LendingClock clock)
{
    private const string UsualProduct = "imported";

    /// <summary>Checks the rows of a file and adds their loans.</summary>
    /// <param name="source">A name for the system; the same as in the import of its accounts.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="isDryRun">Only checks.</param>
    /// <param name="progress">Told after each row.</param>
    /// <param name="ct">Stops between two loans; run again to go on.</param>
    public async Task<LoanImportOutcome> RunAsync(
        string source,
        IReadOnlyCollection<LoanImportRow> rows,
        bool isDryRun,
        IProgress<ImportProgress>? progress = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var problems = new List<ImportProblem>();
        var (added, already, done) = (0, 0, 0);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        DateOnly? earliest = null;
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            Error? refusal = null;
            if (!lines.TryAdd(row.Id, row.Line))
            {
                refusal = new LoanFileError($"loan_id {row.Id} is there already, on line {lines[row.Id].ToString(CultureInfo.InvariantCulture)}");
            }
            else
            {
                var made = await MakeAsync(source, row, ct);
                refusal = made.Error;
                if (made.IsSuccess && !isDryRun)
                {
                    var (loan, events) = made.Value;
                    if (await store.TryAddAsync(loan, events, ct))
                    {
                        added++;
                        earliest = earliest < row.GrantedOn ? earliest : row.GrantedOn;
                    }
                    else
                    {
                        already++;
                    }
                }
                else if (made.IsSuccess)
                {
                    var isThere = await store.FindAsync(made.Value.Loan.Id, ct) is not null;
                    added += isThere ? 0 : 1;
                    already += isThere ? 1 : 0;
                }
            }

            if (refusal is not null)
            {
                problems.Add(new ImportProblem(row.Line, refusal.Message));
            }

            progress?.Report(new ImportProgress(++done, rows.Count));
        }

        // Also after a run that was broken off between its last loan and here.
        if (!isDryRun && rows.Count > 0)
        {
            await closer.RequestAsync(earliest ?? rows.Min(row => row.GrantedOn), ct);
        }

        return new LoanImportOutcome(added, already, [.. problems.OrderBy(problem => problem.Line)]);
    }

    /// <summary>Takes over one loan with the terms of a product; for demonstrations.</summary>
    public async Task<Result<Loan>> TakeOverAsync(string source, LoanToTakeOver taken, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var terms = taken.Product.TermsOf(taken.Amount, taken.Months);
        if (!terms.IsSuccess)
        {
            return terms.Error;
        }

        var schedule = LoanSchedule.Of(terms.Value, taken.GrantedOn).Value;
        var due = schedule.Count(one => one.DueOn <= clock.Today);
        var paid = schedule.Take(taken.Paid < 0 ? due : Math.Min(due, taken.Paid)).Sum(one => one.Total.MinorUnits);
        var status = taken.IsWrittenOff ? LoanImportStatus.WrittenOff
            : taken.Paid < 0 ? due == schedule.Length ? LoanImportStatus.PaidOff : LoanImportStatus.Active
            : LoanImportStatus.Late;
        var events = LoanHistoryMaker.EventsOf(
            terms.Value, taken.GrantedOn, new Money(paid, taken.Amount.Currency), status, clock.Today, clock.Now);
        if (!events.IsSuccess)
        {
            return events.Error;
        }

        var loan = Of(
            source, taken.Id, taken.Account, taken.Product.Code, taken.Product.Name, taken.GrantedOn, terms.Value, events.Value);
        if (await store.TryAddAsync(loan, events.Value, ct))
        {
            await closer.RequestAsync(taken.GrantedOn, ct);
        }

        return loan;
    }

    private async Task<Result<(Loan Loan, ImmutableArray<LoanEvent> Events)>> MakeAsync(
        string source, LoanImportRow row, CancellationToken ct)
    {
        if (row.Instalment.Currency != row.Amount.Currency || row.PaidSoFar.Currency != row.Amount.Currency)
        {
            return new LoanFileError("amount, instalment and paid_so_far have different currencies");
        }

        var terms = LoanHistoryMaker.TermsOf(row);
        if (!terms.IsSuccess)
        {
            return terms.Error;
        }

        var events = LoanHistoryMaker.EventsOf(terms.Value, row.GrantedOn, row.PaidSoFar, row.Status, clock.Today, clock.Now);
        if (!events.IsSuccess)
        {
            return events.Error;
        }

        var owner = ICustomerRegistry.IdOf(source, row.Customer);
        if (await accounts.FindAsync(AccountService.IdOf(owner, $"import:{source}:{row.Account}"), ct) is not { } account)
        {
            return new LoanFileError(
                $"account {row.Account} of customer {row.Customer} was not imported from '{source}'; import the accounts first, with the same --source");
        }

        if (account.Currency != row.Amount.Currency)
        {
            return new LoanFileError($"the loan is in {row.Amount.Currency.Code}, and account {row.Account} is in {account.Currency.Code}");
        }

        return (
            Of(source, row.Id, account, row.Product ?? UsualProduct, "Loan " + row.Id, row.GrantedOn, terms.Value, events.Value),
            events.Value);
    }

    private Loan Of(
        string source,
        string id,
        Account account,
        string product,
        string name,
        DateOnly grantedOn,
        LoanTerms terms,
        ImmutableArray<LoanEvent> events)
    {
        var state = LoanReplay.AsOf(terms, events, clock.Today);
        return new Loan
        {
            Id = DerivedId.From("loan-import", source, id),
            OwnerId = account.OwnerId,
            AccountId = account.Id,
            Product = product,
            ProductName = name,
            Terms = terms,
            Status = LoanStatus.Active,
            AppliedAt = clock.CollectionOf(grantedOn),
            Events = events.Length,
            NextRunAt = state.Status == LoanStatus.Active ? clock.NextRun(state) : null,
            DueRecorded = events.Where(one => one.Kind == LoanEventKind.Due).Select(one => one.Instalment).Append(0).Max(),
            Source = source,
            Version = 1,
        }.With(state);
    }
}

/// <summary>What came of an import of loans.</summary>
/// <param name="Added">Loans that were added, or would be.</param>
/// <param name="Already">Loans that an earlier run added.</param>
/// <param name="Problems">Lines that were left out, and why.</param>
public sealed record LoanImportOutcome(int Added, int Already, ImmutableArray<ImportProblem> Problems);

/// <summary>A loan of a product that began earlier.</summary>
/// <param name="Id">Its id in the source.</param>
/// <param name="Account">The account.</param>
/// <param name="Product">The product.</param>
/// <param name="GrantedOn">The day of payout.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Months">The number of instalments.</param>
/// <param name="Paid">How many instalments were paid; -1 for all that were due.</param>
/// <param name="IsWrittenOff">Whether it was written off.</param>
public sealed record LoanToTakeOver(
    string Id, Account Account, LoanProduct Product, DateOnly GrantedOn, Money Amount, int Months, int Paid, bool IsWrittenOff);
