using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Common.Events;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Lending.Book;

/// <summary>
/// Does what is due for a loan: pays it out, records due and missed instalments, charges late fees, collects. Money moves in three steps:
/// the event is stored in the loan's row, its postings are made under keys derived from it, then it is appended. Whoever repeats it,
/// after a crash or beside another node, gets the first postings again, and the row's version lets one of them append it. Thread-safe.
/// </summary>
public sealed partial class LoanRunner(
    ILoanStore store,
    IAccountStore accounts,
    LedgerService ledger,
    ApprovalService approvals,
    IBankEvents events,
    LendingClock clock,
    LendingOptions options,
    ILogger<LoanRunner> logger)
{
    // More steps than these are left to the next run.
    private const int MostSteps = 24;

    // After a long downtime the rest follows in another write, so that each stays small.
    private const int MostAtOnce = 10;

    /// <summary>Does everything that is due for a loan.</summary>
    /// <returns>How many events were appended.</returns>
    public async Task<int> RunAsync(string loanId, CancellationToken ct = default)
    {
        var appended = 0;
        for (var step = 0; step < MostSteps; step++)
        {
            ct.ThrowIfCancellationRequested();
            if (await store.ReadAsync(loanId, ct) is not { } file)
            {
                return appended;
            }

            var (added, goesOn) = await StepAsync(file, ct);
            appended += added;
            if (!goesOn)
            {
                return appended;
            }
        }

        return appended;
    }

    /// <summary>
    /// Stores an event whose money is to be moved, moves it and appends the event. Nothing else may be pending.
    /// </summary>
    /// <param name="file">The loan as read.</param>
    /// <param name="planned">The event, with the next sequence number.</param>
    /// <param name="ct">Cancels the wait; what is stored is carried out by the next run.</param>
    /// <returns>The loan afterwards; <see cref="BusyError"/> when somebody else changed it, or the ledger's refusal, in which case the
    /// event stays pending and is tried again.</returns>
    internal async Task<Result<LoanFile>> MoveAsync(LoanFile file, LoanEvent planned, CancellationToken ct)
    {
        var pending = file.Loan with { Pending = planned, NextRunAt = clock.Now, Version = file.Loan.Version + 1 };
        if (!await store.TryWriteAsync(pending, [], ct))
        {
            return new BusyError();
        }

        var (_, _, refusal) = await SettleAsync(file with { Loan = pending }, ct);
        return refusal is null && await store.ReadAsync(file.Loan.Id, ct) is { } after
            ? after
            : refusal ?? new BusyError();
    }

    /// <summary>Asks for the decision on an application, once.</summary>
    internal Task<Approval> EnsureAskedAsync(Loan loan, CancellationToken ct)
    {
        var amount = loan.Terms.Amount;
        return approvals.RequestAsync(
            new Approval
            {
                Id = LoanApprovals.Grant,
                Kind = LoanApprovals.Grant,
                Subject = loan.Subject,
                Text = $"{loan.ProductName} over {amount}",
                MakerId = loan.OwnerId,
                Parties = [loan.OwnerId],
                Needed = amount.Amount >= options.TwoPersonsFrom ? 2 : 1,
                RequestedAt = loan.AppliedAt,
                ExpiresAt = loan.AppliedAt,
            },
            TimeSpan.FromDays(options.DecideWithinDays),
            ct);
    }

    private async Task<(int Appended, bool GoesOn)> StepAsync(LoanFile file, CancellationToken ct)
    {
        var loan = file.Loan;
        if (loan.Pending is not null)
        {
            var (added, settled, _) = await SettleAsync(file, ct);
            return (added, settled);
        }

        return loan.Status switch
        {
            LoanStatus.Applied => await DecideAsync(file, ct),
            LoanStatus.Granted => await PayOutAsync(file, ct),
            LoanStatus.Active when await ResolveAsync(file, ct) is { } resolved => resolved,
            LoanStatus.Active => await CollectAsync(file, ct),
            _ => (0, false),
        };
    }

    // What was decided about a write-off or a payment holiday. Null when nothing was.
    private async Task<(int Appended, bool GoesOn)?> ResolveAsync(LoanFile file, CancellationToken ct)
    {
        var loan = file.Loan;
        if (loan.WriteOffApproval is { } writeOff
            && await approvals.ExpireAsync(loan.Subject, writeOff, ct) is { State: not ApprovalState.Pending } decidedOff)
        {
            var state = file.AsOf(clock.Today);
            var all = PaymentAllocation.OfFirst(state, int.MaxValue);
            return decidedOff.State == ApprovalState.Approved
                ? await ResolveAsync(
                    file,
                    loan with { WriteOffApproval = null, HolidayApproval = null },
                    New(file, LoanEventKind.WrittenOff) with
                    {
                        By = decidedOff.Decisions[^1].UserId,
                        Reason = decidedOff.Text,
                        Principal = state.Outstanding.MinorUnits,
                        Interest = state.Accrued.MinorUnits + all.Interest,
                        Fees = all.Fees,
                    },
                    ct)
                : await ResolveAsync(file, loan with { WriteOffApproval = null }, null, ct);
        }

        if (loan.HolidayApproval is { } holiday
            && await approvals.ExpireAsync(loan.Subject, holiday, ct) is { State: not ApprovalState.Pending } decided)
        {
            if (decided.State != ApprovalState.Approved)
            {
                await events.RaiseAsync(LoanNews.Holiday(loan, holiday, false, null, clock.Now), ct);
                return await ResolveAsync(file, loan with { HolidayApproval = null }, null, ct);
            }

            // What is due is paid first; the holiday begins after that.
            var quote = LoanChangeQuote.Holiday(loan.Terms, file.Events, clock.Today, loan.HolidayMonths, clock.Now);
            if (quote.IsSuccess)
            {
                await events.RaiseAsync(LoanNews.Holiday(loan, holiday, true, quote.Value.After.Next!.DueOn, clock.Now), ct);
                return await ResolveAsync(
                    file,
                    loan with { HolidayApproval = null },
                    quote.Value.Planned with { By = decided.Decisions[^1].UserId, Reason = decided.Decisions[^1].Comment },
                    ct);
            }
        }

        return null;
    }

    private async Task<(int Appended, bool GoesOn)> ResolveAsync(LoanFile file, Loan next, LoanEvent? happened, CancellationToken ct)
    {
        LoanEvent[] added = happened is null ? [] : [happened];
        var isWritten = await AppendAsync(
            file with { Loan = next }, added, state => state.Status == LoanStatus.Active ? clock.NextRun(state) : null, ct);
        return (isWritten ? added.Length : 0, true);
    }

    // What was decided while no process was there to carry it out, and applications that nobody decided on in time.
    private async Task<(int Appended, bool GoesOn)> DecideAsync(LoanFile file, CancellationToken ct)
    {
        var loan = file.Loan;
        var approval = await approvals.ExpireAsync(loan.Subject, LoanApprovals.Grant, ct) ?? await EnsureAskedAsync(loan, ct);
        var kind = approval.State switch
        {
            ApprovalState.Pending => (LoanEventKind?)null,
            ApprovalState.Approved => LoanEventKind.Granted,
            ApprovalState.Rejected => LoanEventKind.Declined,
            _ => LoanEventKind.Lapsed,
        };
        if (kind is null)
        {
            await WriteLaterAsync(loan, approval.ExpiresAt, ct);
            return (0, false);
        }

        var by = approval.Decisions is [.., var last] && kind != LoanEventKind.Lapsed ? last : null;
        var happened = New(file, kind.Value) with { By = by?.UserId ?? approval.MakerId, Reason = by?.Comment };
        await events.RaiseAsync(
            LoanNews.Decided(
                loan,
                kind switch { LoanEventKind.Granted => "granted", LoanEventKind.Declined => "declined", _ => "lapsed" },
                happened.At),
            ct);
        return await AppendAsync(file, [happened], _ => kind == LoanEventKind.Granted ? clock.Now : null, ct)
            ? (1, kind == LoanEventKind.Granted)
            : (0, true);
    }

    private async Task<(int Appended, bool GoesOn)> PayOutAsync(LoanFile file, CancellationToken ct)
    {
        var loan = file.Loan;
        var account = await accounts.FindAsync(loan.AccountId, ct);
        if (account is null or { Status: AccountStatus.Closed })
        {
            var lapsed = New(file, LoanEventKind.Lapsed) with { Reason = "The account was closed before the loan was paid out." };
            await events.RaiseAsync(LoanNews.Decided(loan, "lapsed", lapsed.At), ct);
            return await AppendAsync(file, [lapsed], _ => null, ct) ? (1, false) : (0, true);
        }

        if (account.Status != AccountStatus.Active)
        {
            // The arrangement fee could not be taken; the loan waits for the account.
            await WriteLaterAsync(loan, clock.NextTry(), ct);
            return (0, false);
        }

        var planned = New(file, LoanEventKind.Disbursed) with
        {
            Principal = loan.Terms.Amount.MinorUnits,
            Fees = loan.Terms.ArrangementFee.MinorUnits,
        };
        return await PlanAsync(file, planned, [], ct);
    }

    private async Task<(int Appended, bool GoesOn)> CollectAsync(LoanFile file, CancellationToken ct)
    {
        var today = clock.Today;
        var happened = new List<LoanEvent>();
        var state = file.AsOf(today);
        foreach (var instalment in state.Instalments.Where(one => one.IsDue && one.Number > file.Loan.DueRecorded)
            .Take(MostAtOnce))
        {
            Add(New(file, LoanEventKind.Due) with
            {
                On = instalment.DueOn,
                Instalment = instalment.Number,
                Principal = instalment.Principal,
                Interest = instalment.Interest,
            });
        }

        foreach (var missed in state.Instalments.Where(one => IsMissed(one, file.Loan, today)).Take(MostAtOnce))
        {
            await events.RaiseAsync(LoanNews.Missed(file.Loan, missed, clock.Now), ct);
            Add(New(file, LoanEventKind.Missed) with
            {
                Instalment = missed.Number,
                Principal = missed.Principal,
                Interest = missed.Interest,
            });
            if (file.Loan.Terms.LateFee.IsPositive)
            {
                Add(New(file, LoanEventKind.Fee) with { Instalment = missed.Number, Fees = file.Loan.Terms.LateFee.MinorUnits });
            }
        }

        if (state.Next is { } next && today >= clock.ReminderOf(next.DueOn))
        {
            await events.RaiseAsync(LoanNews.DueSoon(file.Loan, next, clock.Now), ct);
        }

        state = LoanReplay.AsOf(file.Loan.Terms, file.Events.AddRange(happened), today);
        if (state.Due.IsPositive
            && await accounts.FindAsync(file.Loan.AccountId, ct) is { Status: AccountStatus.Active } account
            && PaymentAllocation.Collectable(state, account.Available.MinorUnits) is { Total: > 0 } part)
        {
            var oldest = state.Instalments.First(one => one.IsDue && one.Unpaid > 0);
            var planned = New(file, LoanEventKind.Paid) with
            {
                Sequence = file.Events.Length + happened.Count + 1,
                Instalment = oldest.Number,
                Fees = part.Fees,
                Interest = part.Interest,
                Principal = part.Principal,
            };
            return await PlanAsync(file, planned, happened, ct);
        }

        return happened.Count == 0 && clock.NextRun(state) == file.Loan.NextRunAt
            ? (0, false)
            : await AppendAsync(file, happened, clock.NextRun, ct) ? (happened.Count, happened.Count >= MostAtOnce) : (0, true);

        void Add(LoanEvent one) => happened.Add(one with { Sequence = file.Events.Length + happened.Count + 1 });
    }

    private static bool IsMissed(LoanInstalment instalment, Loan loan, DateOnly today) =>
        instalment is { IsDue: true, Unpaid: > 0, MissedOn: null } && today > instalment.DueOn.AddDays(loan.Terms.GraceDays);

    private LoanEvent New(LoanFile file, LoanEventKind kind) =>
        new() { Sequence = file.Events.Length + 1, Kind = kind, On = clock.Today, At = clock.Now };

    private async Task<(int Appended, bool GoesOn)> PlanAsync(
        LoanFile file, LoanEvent planned, IReadOnlyCollection<LoanEvent> happened, CancellationToken ct)
    {
        var state = LoanReplay.AsOf(file.Loan.Terms, file.Events.AddRange(happened), clock.Today);
        var pending = Count(file.Loan, happened).With(state) with { Pending = planned, NextRunAt = clock.Now };
        return await store.TryWriteAsync(pending with { Version = file.Loan.Version + 1 }, happened, ct)
            ? (happened.Count, true)
            : (0, true);
    }

    private async Task<bool> AppendAsync(
        LoanFile file, IReadOnlyCollection<LoanEvent> happened, Func<LoanState, DateTimeOffset?> next, CancellationToken ct)
    {
        var state = LoanReplay.AsOf(file.Loan.Terms, file.Events.AddRange(happened), clock.Today);
        var after = Count(file.Loan, happened).With(state) with { NextRunAt = next(state), Version = file.Loan.Version + 1 };
        return await store.TryWriteAsync(after, happened, ct);
    }

    private static Loan Count(Loan loan, IReadOnlyCollection<LoanEvent> happened) => loan with
    {
        Events = loan.Events + happened.Count,
        DueRecorded = happened.Where(one => one.Kind == LoanEventKind.Due).Select(one => one.Instalment).Append(loan.DueRecorded).Max(),
    };

    private async Task WriteLaterAsync(Loan loan, DateTimeOffset later, CancellationToken ct)
    {
        if (loan.NextRunAt != later)
        {
            await store.TryWriteAsync(loan with { NextRunAt = later, Version = loan.Version + 1 }, [], ct);
        }
    }

    // Posts what is pending and appends its event. Not settled: a posting got no answer, or the money is not there any more.
    private async Task<(int Appended, bool IsSettled, Error? Refusal)> SettleAsync(LoanFile file, CancellationToken ct)
    {
        var loan = file.Loan;
        var planned = loan.Pending!;
        var postings = LoanPostings.Of(loan, planned);
        var answers = await ledger.ExecuteInOrderAsync([.. postings.Select(posting => posting.Order)], ct);
        if (answers.Count < postings.Count)
        {
            return (0, false, answers.Count > 0 && answers[^1].Error is { } unanswered ? unanswered : new OutcomeUnknownError());
        }

        var done = planned with { At = clock.Now };
        var transfers = ImmutableArray.CreateBuilder<string>();
        foreach (var ((part, _), answer) in postings.Zip(answers))
        {
            switch (answer.Error)
            {
                case null:
                    transfers.Add(answer.Value.Id);
                    done = planned.Kind == LoanEventKind.Early ? done : done with { On = clock.DayOf(answer.Value.PostedAt!.Value) };
                    break;
                case DebitAccountClosedError or CreditAccountClosedError or NotFoundError:
                    // For ever: what an account did not pay before it was closed is not a payment.
                    done = part switch
                    {
                        LoanPart.Fees => done with { Fees = 0 },
                        LoanPart.Interest => done with { Interest = 0 },
                        _ => done with { Principal = 0 },
                    };
                    break;
                case InsufficientFundsError or DebitAccountFrozenError:
                    LogDeferred(logger, loan.Id, answer.Error.Code);
                    await WriteLaterAsync(loan, clock.NextTry(), ct);
                    return (0, false, answer.Error);
                case BusyError or LedgerUnreachableError or OutcomeUnknownError:
                    return (0, false, answer.Error);
                default:
                    // Nobody expects this refusal, and people have to look at it. The event stays pending.
                    LogRefused(logger, loan.Id, planned.Sequence, answer.Error.Code);
                    await WriteLaterAsync(loan, clock.NextTry(), ct);
                    return (0, false, answer.Error);
            }
        }

        done = done with { Transfers = transfers.ToImmutable() };
        var isNothing = done.Total == 0;
        var happened = isNothing ? [] : new[] { done };
        var state = LoanReplay.AsOf(loan.Terms, file.Events.AddRange(happened), clock.Today);
        var after = Count(loan, happened).With(state) with
        {
            Pending = null,
            NextRunAt = state.Status == LoanStatus.Active ? isNothing ? clock.NextTry() : clock.NextRun(state)
                : state.Status == LoanStatus.Granted ? clock.NextTry()
                : null,
            Version = loan.Version + 1,
        };
        if (done.Kind == LoanEventKind.Disbursed && !isNothing)
        {
            await events.RaiseAsync(LoanNews.PaidOut(loan, state.Next!.DueOn, done.At), ct);
        }

        if (state.Status == LoanStatus.PaidOff)
        {
            await events.RaiseAsync(LoanNews.PaidOff(loan, done.At), ct);
        }

        return await store.TryWriteAsync(after, happened, ct) ? (happened.Length, !isNothing, null) : (0, true, null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A payment of loan {LoanId} waits for its next try: {Code}")]
    private static partial void LogDeferred(ILogger logger, string loanId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger refused event {Sequence} of loan {LoanId}: {Code}. It stays pending")]
    private static partial void LogRefused(ILogger logger, string loanId, int sequence, string code);
}

/// <summary>The names of approvals of loans.</summary>
public static class LoanApprovals
{
    /// <summary>The id of the approval of an application, and its kind.</summary>
    public const string Grant = "loan-grant";

    /// <summary>The kind of the approvals of payment holidays.</summary>
    public const string Holiday = "loan-holiday";

    /// <summary>The kind of the approvals of write-offs.</summary>
    public const string WriteOff = "loan-write-off";
}
