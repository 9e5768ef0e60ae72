using BankPortal.Core.Audit;
using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;

namespace BankPortal.Core.Lending.Applications;

/// <summary>What managers do with loans: decide on applications, holidays and write-offs, look at the book, record recoveries.
/// Thread-safe.</summary>
public sealed class LoanDesk(
    ILoanStore store,
    LoanRunner runner,
    ApprovalService approvals,
    AffordabilityService affordability,
    IAccountStore accounts,
    ICustomerDirectory directory,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp,
    LendingClock clock,
    LendingOptions options)
{
    /// <summary>The most loans that a list shows.</summary>
    public const int MaxListed = 2_000;

    private const int MaxWaiting = 200;
    private const int MaxHistory = 50;
    private const int MaxTries = 5;

    /// <summary>The bank's day.</summary>
    public DateOnly Today => clock.Today;

    /// <summary>The share of income, in percent, above which instalments are marked.</summary>
    public decimal MaxDebtToIncome => options.MaxDebtToIncome;

    /// <summary>Whether the actor may see the loans of the bank and decide on them.</summary>
    public static bool MayRead(Actor actor) => LoanProductService.MayRead(actor);

    /// <summary>What waits for a decision, the longest waiting first.</summary>
    public async Task<Result<ImmutableArray<LoanToDecide>>> WaitingAsync(Actor actor, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        string[] kinds = [LoanApprovals.Grant, LoanApprovals.Holiday, LoanApprovals.WriteOff];
        var waiting = (await Task.WhenAll(kinds.Select(kind => approvals.FindPendingAsync(kind, MaxWaiting, ct))))
            .SelectMany(some => some).OrderBy(approval => approval.RequestedAt).ToList();
        var loans = (await Task.WhenAll(waiting
                .Select(approval => LoanIdOf(approval.Subject)).Distinct(StringComparer.Ordinal)
                .Select(id => store.FindAsync(id, ct))))
            .OfType<Loan>().ToDictionary(loan => loan.Id, StringComparer.Ordinal);
        var names = await NamesAsync(loans.Values, ct);
        return (ImmutableArray<LoanToDecide>)
        [
            .. waiting
                .Where(approval => loans.ContainsKey(LoanIdOf(approval.Subject)))
                .Select(approval => (Approval: approval, Loan: loans[LoanIdOf(approval.Subject)]))
                .Select(one => new LoanToDecide(one.Loan, one.Approval, names.GetValueOrDefault(one.Loan.OwnerId, "")))
        ];
    }

    /// <summary>Lists the book. From indexes that follow a moment later.</summary>
    public async Task<Result<LoanBookPage>> ListAsync(Actor actor, LoanFilter filter, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        LoanStatus[] statuses = filter.Status is { } one ? [one] : filter.Bucket is not null ? [LoanStatus.Active] :
            [LoanStatus.Active, LoanStatus.Granted, LoanStatus.Applied, LoanStatus.WrittenOff, LoanStatus.PaidOff];
        var each = MaxListed / (statuses.Length * ILoanStore.Shards);
        var read = await Task.WhenAll(statuses.SelectMany(status => Enumerable.Range(0, ILoanStore.Shards)
            .Select(shard => store.ListAsync(status, shard, each, ct: ct))));
        var today = clock.Today;
        var found = read.SelectMany(some => some)
            .Where(loan => filter.Product is null || loan.Product == filter.Product)
            .Where(loan => filter.Bucket is null || DelinquencyBuckets.Of(loan.DaysPastDueOn(today)) == filter.Bucket)
            .Where(loan => filter.Vintage is null || loan.Figures.PaidOutOn is { } on && on.ToString("yyyy-MM", CultureInfo.InvariantCulture) == filter.Vintage)
            .OrderByDescending(loan => loan.DaysPastDueOn(today)).ThenByDescending(loan => loan.AppliedAt)
            .ToList();
        var names = await NamesAsync(found, ct);
        return new LoanBookPage(
            today,
            [.. found.Select(loan => new LoanRow(loan, names.GetValueOrDefault(loan.OwnerId, ""), loan.DaysPastDueOn(today)))],
            Array.Exists(read, some => some.Length == each));
    }

    /// <summary>Everything about one loan. Reading it is recorded.</summary>
    public async Task<Result<LoanDossier>> FileAsync(Actor actor, string loanId, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        if (!DerivedId.IsWellFormed(loanId) || await store.ReadAsync(loanId, ct) is not { } file)
        {
            return new NotFoundError("loan");
        }

        await audit.RecordAsync(actor, "loan.view", AuditSubject.Loan(loanId), null, ct: ct);
        var loan = file.Loan;
        var history = approvals.HistoryAsync(loan.Subject, MaxHistory, ct);
        var name = directory.FindNameAsync(loan.OwnerId, ct);
        var account = accounts.FindAsync(loan.AccountId, ct);
        var decisions = await history;
        var waiting = decisions.Where(approval => approval.StateAt(clock.Now) == ApprovalState.Pending).ToList();
        var refusals = new Dictionary<string, Error>(StringComparer.Ordinal);
        foreach (var approval in waiting)
        {
            if (await approvals.RefusalAsync(actor.UserId, approval, ct) is { } refusal)
            {
                refusals[approval.Id] = refusal;
            }
        }

        var now = loan.Status == LoanStatus.Applied && loan.Affordability is { } then
            ? await affordability.OfAsync(loan.OwnerId, then.NewInstalment, loan.Id, ct)
            : null;
        return new LoanDossier(
            file, file.AsOf(clock.Today), await account, await name ?? "", decisions, refusals, now,
            await conflicts.FindAsync(actor, [new(loan.OwnerId, InvolvedAs.Party)], ct));
    }

    /// <summary>Approves or rejects an application, a payment holiday or a write-off. What was approved is carried out at once.</summary>
    /// <returns>The approval: decided, or waiting for a second person; or why the actor may not decide.</returns>
    public async Task<Result<Approval>> DecideAsync(
        Actor actor, string loanId, string approvalId, bool isApproval, string? comment, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        var reason = StaffReason.Check(comment);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        if (!DerivedId.IsWellFormed(loanId) || await approvals.FindAsync(Loan.SubjectOf(loanId), approvalId, ct) is not { } approval)
        {
            return new NotFoundError("request");
        }

        var result = await audit.RunAsync(
            actor,
            $"{approval.Kind}.{(isApproval ? "approve" : "reject")}",
            AuditSubject.Loan(loanId),
            reason.Value,
            async token => stepUp.Check(actor).Error is { } stale
                ? stale
                : await approvals.DecideAsync(actor.UserId, approval.Subject, approval.Id, isApproval, reason.Value, token),
            ct: ct);
        if (result is { IsSuccess: true, Value.State: not ApprovalState.Pending })
        {
            await runner.RunAsync(loanId, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Asks to write a loan off. Somebody else decides.</summary>
    public async Task<Result<Approval>> AskWriteOffAsync(Actor actor, string loanId, string? comment, CancellationToken ct = default)
    {
        var checkedReason = await CheckAsync(actor, loanId, comment, ct);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await store.ReadAsync(loanId, ct) is not { } file)
            {
                return new NotFoundError("loan");
            }

            var loan = file.Loan;
            if (loan is not { Status: LoanStatus.Active, WriteOffApproval: null, Pending: null }
                || !file.AsOf(clock.Today).Arrears.IsPositive)
            {
                return new NotForWriteOffError();
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{LoanApprovals.WriteOff}-{loan.Version + 1:0000000000}");
            var asked = await audit.RunAsync<Approval>(
                actor,
                "loan-write-off.ask",
                AuditSubject.Loan(loanId),
                checkedReason.Value,
                async token =>
                {
                    var approval = await approvals.RequestAsync(
                        new Approval
                        {
                            Id = id,
                            Kind = LoanApprovals.WriteOff,
                            Subject = loan.Subject,
                            Text = checkedReason.Value,
                            MakerId = actor.UserId,
                            Parties = [loan.OwnerId],
                            RequestedAt = clock.Now,
                            ExpiresAt = clock.Now,
                        },
                        TimeSpan.FromDays(options.DecideWithinDays),
                        token);
                    return await store.TryWriteAsync(loan with { WriteOffApproval = id, Version = loan.Version + 1 }, [], token)
                        ? approval
                        : new BusyError();
                },
                ct: ct);
            if (asked.Error is not BusyError)
            {
                return asked;
            }

            await approvals.WithdrawAsync(actor.UserId, loan.Subject, id, ct);
        }

        return new BusyError();
    }

    /// <summary>Records a payment of a loan that was written off: takes it from the borrower's account.</summary>
    /// <param name="actor">The manager.</param>
    /// <param name="loanId">The loan.</param>
    /// <param name="amount">How much.</param>
    /// <param name="comment">The reason.</param>
    /// <param name="seen">The version of the loan that the page showed, so that a form sent twice takes it once.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Result<LoanFile>> RecoverAsync(
        Actor actor, string loanId, Money amount, string? comment, long seen, CancellationToken ct = default)
    {
        var reason = await CheckAsync(actor, loanId, comment, ct);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        if (await store.ReadAsync(loanId, ct) is not { } file || file.Loan.Status != LoanStatus.WrittenOff)
        {
            return new NotFoundError("loan that was written off");
        }

        if (file.Loan.Version != seen || file.Loan.Pending is not null)
        {
            return new LoanBusyError();
        }

        var state = file.AsOf(clock.Today);
        if (amount.Currency != file.Loan.Terms.Amount.Currency)
        {
            return new InstalmentCurrencyError(file.Loan.Terms.Amount.Currency);
        }

        var left = state.WrittenOff - state.Recovered;
        if (!amount.IsPositive || amount > left)
        {
            return new InvalidInputError("amount", $"Enter an amount up to what is left: {left.Format(CultureInfo.CurrentCulture)}.");
        }

        if (await accounts.FindAsync(file.Loan.AccountId, ct) is not { Status: AccountStatus.Active } account)
        {
            return new LoanAccountError();
        }

        if (account.Available < amount)
        {
            return new InsufficientFundsError(Money.Max(account.Available, Money.Zero(account.Currency)));
        }

        return await audit.RunAsync(
            actor,
            "loan.recover",
            AuditSubject.Loan(loanId),
            reason.Value,
            token => runner.MoveAsync(
                file,
                new LoanEvent
                {
                    Sequence = file.Events.Length + 1,
                    Kind = LoanEventKind.Recovered,
                    On = clock.Today,
                    At = clock.Now,
                    By = actor.UserId,
                    Reason = reason.Value,
                    Principal = amount.MinorUnits,
                },
                token),
            ct: ct);
    }

    private async Task<Result<string>> CheckAsync(Actor actor, string loanId, string? comment, CancellationToken ct)
    {
        if (!actor.Is(BankRoles.Manager))
        {
            return new NotAllowedError();
        }

        var reason = StaffReason.Check(comment);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        if (!DerivedId.IsWellFormed(loanId) || await store.FindAsync(loanId, ct) is not { } loan)
        {
            return new NotFoundError("loan");
        }

        return await conflicts.FindAsync(actor, [new(loan.OwnerId, InvolvedAs.Party)], ct) is { } conflict ? conflict
            : stepUp.Check(actor).Error is { } stale ? stale
            : reason;
    }

    private Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<Loan> loans, CancellationToken ct) =>
        directory.FindNamesAsync([.. loans.Select(loan => loan.OwnerId).Distinct(StringComparer.Ordinal)], ct);

    private static string LoanIdOf(string subject) => subject["loan/".Length..];
}

/// <summary>Something about a loan that waits for a decision.</summary>
/// <param name="Loan">The loan.</param>
/// <param name="Approval">What is asked for.</param>
/// <param name="Name">The borrower's name.</param>
public sealed record LoanToDecide(Loan Loan, Approval Approval, string Name);

/// <summary>Which loans of the book to list.</summary>
/// <param name="Status">The state; <see langword="null"/> for all that were not declined.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Product">The code of the product.</param>
/// <param name="Vintage">The month in which they were paid out, such as <c>2026-11</c>.</param>
public sealed record LoanFilter(
    LoanStatus? Status = null, DelinquencyBucket? Bucket = null, string? Product = null, string? Vintage = null);

/// <summary>A list of loans.</summary>
/// <param name="Day">The day of the figures.</param>
/// <param name="Rows">The loans, the latest ones due first.</param>
/// <param name="IsCut">Whether there are more than are listed.</param>
public sealed record LoanBookPage(DateOnly Day, ImmutableArray<LoanRow> Rows, bool IsCut);

/// <summary>One loan of a list.</summary>
/// <param name="Loan">The loan.</param>
/// <param name="Name">The borrower's name.</param>
/// <param name="DaysPastDue">How late it is.</param>
public sealed record LoanRow(Loan Loan, string Name, int DaysPastDue);

/// <summary>Everything about one loan, for managers.</summary>
/// <param name="File">The loan and its events.</param>
/// <param name="State">What it is today.</param>
/// <param name="Account">The account; <see langword="null"/> when it is gone.</param>
/// <param name="Name">The borrower's name.</param>
/// <param name="Approvals">What was asked for and decided, the latest first.</param>
/// <param name="Refusals">Why the reader may not decide on what is pending, by approval.</param>
/// <param name="AffordabilityNow">The figures as of today, for an application.</param>
/// <param name="Conflict">Why the reader may not act on this loan at all.</param>
public sealed record LoanDossier(
    LoanFile File,
    LoanState State,
    Account? Account,
    string Name,
    ImmutableArray<Approval> Approvals,
    IReadOnlyDictionary<string, Error> Refusals,
    Affordability? AffordabilityNow,
    ConflictOfInterestError? Conflict)
{
    /// <summary>The loan.</summary>
    public Loan Loan => File.Loan;
}

/// <summary>Only loans with overdue instalments can be written off, once.</summary>
public sealed record NotForWriteOffError()
    : Error("Only a loan with overdue instalments can be written off, and this one is not, or somebody has asked for it already.");
