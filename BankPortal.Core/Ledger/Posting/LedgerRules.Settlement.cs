namespace BankPortal.Core.Ledger.Posting;

/// <content>The rules of settling a held transfer and of reversing a posted one.</content>
public sealed partial class LedgerRules
{
    /// <summary>The commit that posts a held transfer, or the rule against it.</summary>
    public static Result<LedgerCommit> Release(LedgerSnapshot snapshot, string settledBy, string reason, DateTimeOffset now)
    {
        var held = HeldIn(snapshot);
        if (!held.IsSuccess)
        {
            return held.Error;
        }

        var (transfer, debit) = held.Value;
        var credit = snapshot.Accounts.GetValueOrDefault(transfer.CreditAccountId);
        if (debit is { Status: AccountStatus.Frozen })
        {
            return new DebitAccountFrozenError();
        }

        // What is held is there, unless a reversal was allowed to overdraw the account meanwhile.
        if (debit is not null && transfer.Amount > debit.Balance + debit.Overdraft)
        {
            return new InsufficientFundsError(Money.Max(debit.Balance + debit.Overdraft, Money.Zero(debit.Currency)));
        }

        if (credit is not null && CreditRefusal(credit) is { } closed)
        {
            return closed;
        }

        var at = Latest(now, debit, credit);
        return PostingStep.Of(
            transfer with
            {
                SettledBy = settledBy,
                SettledAt = now,
                Reason = reason,
                IsAlertPending = transfer.Risk is { IsFlagged: true },
            },
            TransferStatus.Held,
            debit is null ? null : debit with { Held = debit.Held - transfer.Amount },
            credit,
            at);
    }

    /// <summary>The commit that voids a held transfer and sets its funds free, or the rule against it.</summary>
    public Result<LedgerCommit> Reject(LedgerSnapshot snapshot, string settledBy, string reason, DateTimeOffset now)
    {
        var held = HeldIn(snapshot);
        if (!held.IsSuccess)
        {
            return held.Error;
        }

        var (transfer, debit) = held.Value;
        return new LedgerCommit(
            transfer with
            {
                Status = TransferStatus.Rejected,
                SettledBy = settledBy,
                SettledAt = now,
                Reason = reason,
                IsAlertPending = transfer.Risk is { IsFlagged: true },
            },
            TransferStatus.Held,
            debit is null ? [] : [GiveLimitBack(transfer, debit) with { Held = debit.Held - transfer.Amount, Version = debit.Version + 1 }],
            []);
    }

    /// <summary>
    /// The commit that moves the money of a posted transfer back and links the two, or the rule against it. A frozen account
    /// may be debited: it is frozen so that the money stays for exactly this. Held funds are not touched.
    /// </summary>
    /// <param name="original">The transfer to reverse, as read.</param>
    /// <param name="snapshot">Its accounts as read.</param>
    /// <param name="by">The staff member who does it.</param>
    /// <param name="reason">Why; see <see cref="StaffReason"/>.</param>
    /// <param name="mayOverdraw">Whether the account that received the money may be taken below what it can spend.</param>
    /// <param name="now">The time.</param>
    public Result<LedgerCommit> Reverse(
        Transfer original, LedgerSnapshot snapshot, string by, string reason, bool mayOverdraw, DateTimeOffset now)
    {
        if (ReversalRefusal(original) is { } refusal)
        {
            return refusal;
        }

        // The legs turn around: the account that was credited is debited.
        var debit = snapshot.Accounts.GetValueOrDefault(original.CreditAccountId);
        var credit = snapshot.Accounts.GetValueOrDefault(original.DebitAccountId);
        if ((debit is null && !GeneralLedger.IsInternal(original.CreditAccountId))
            || (credit is null && !GeneralLedger.IsInternal(original.DebitAccountId)))
        {
            return new NotFoundError("account");
        }

        if (debit?.Status == AccountStatus.Closed || credit?.Status == AccountStatus.Closed)
        {
            return new ReversalAccountClosedError();
        }

        var covered = debit is null
            ? original.Amount
            : Money.Max(Money.Min(debit.Spendable, original.Amount), Money.Zero(original.Amount.Currency));
        if (covered < original.Amount && !mayOverdraw)
        {
            return new ReversalNotCoveredError(covered);
        }

        var reversal = new Transfer
        {
            Id = ReversalIdOf(original.Id),
            Kind = TransferKind.Reversal,
            Status = TransferStatus.Held,
            DebitAccountId = original.CreditAccountId,
            CreditAccountId = original.DebitAccountId,
            DebitOwnerId = original.CreditOwnerId,
            CreditOwnerId = original.DebitOwnerId,
            Amount = original.Amount,
            Description = $"Reversal of {original.Reference}",
            DebitLabel = original.CreditLabel,
            CreditLabel = original.DebitLabel,
            InitiatorId = by,
            ContentHash = DerivedId.From("reversal", original.Id, original.ContentHash),
            CreatedAt = now,
            ReversesId = original.Id,
            Overdrawn = (original.Amount - covered).MinorUnits,
            Reason = reason,
        };
        var post = PostingStep.Of(
            reversal, null, debit, credit is null ? null : GiveLimitBack(original, credit), Latest(now, debit, credit));
        return post with
        {
            Transfers = [.. post.Transfers, new TransferChange(original with { ReversedById = reversal.Id }, TransferStatus.Posted)],
        };
    }

    /// <summary>Why a transfer can never be reversed, whatever its accounts hold; <see langword="null"/> when it could be.</summary>
    public static Error? ReversalRefusal(Transfer transfer) => transfer switch
    {
        { Status: not TransferStatus.Posted } => new NotPostedError(),
        { Kind: TransferKind.Reversal } => new IsReversalError(),
        { ReversedById: not null } => new AlreadyReversedError(),
        _ => null,
    };

    /// <summary>The id of the one reversal that a transfer can have.</summary>
    public static string ReversalIdOf(string transferId) => DerivedId.From("reversal", transferId);

    private static Result<Held> HeldIn(LedgerSnapshot snapshot)
    {
        if (snapshot.Transfer is not { } transfer
            || (!snapshot.Accounts.TryGetValue(transfer.DebitAccountId, out var debit)
                && !GeneralLedger.IsInternal(transfer.DebitAccountId)))
        {
            return new NotFoundError("transfer");
        }

        return transfer.Status == TransferStatus.Held ? new Held(transfer, debit) : new NotHeldError();
    }

    // A transfer that did not stay uses nothing of the day's limit.
    private Account GiveLimitBack(Transfer transfer, Account debited)
    {
        var day = DayOf(transfer.CreatedAt);
        return debited.Activity.LimitDay == day
            ? debited with { Activity = debited.Activity.WithLimitUse(day, -transfer.LimitUse) }
            : debited;
    }

    private sealed record Held(Transfer Transfer, Account? Debit);
}
