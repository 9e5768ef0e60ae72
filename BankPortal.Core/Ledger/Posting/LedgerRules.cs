namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// The rules of moving money, without any store: from what was asked and what was read to what must be written, or to the
/// rule that forbids it.
/// </summary>
public sealed class LedgerRules(LedgerOptions options)
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 140;

    /// <summary>The longest idempotency key.</summary>
    public const int MaxKeyLength = 100;

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>The bank's calendar day at that moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    /// <summary>The first moment of a calendar day of the bank.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>What can be said of an order without looking at any account.</summary>
    public static Error? Check(TransferOrder order)
    {
        if (order.IdempotencyKey.Length is 0 or > MaxKeyLength)
        {
            return new InvalidInputError("key", "This form has expired. Start a new one.");
        }

        if (!order.Amount.IsPositive)
        {
            return new AmountNotPositiveError();
        }

        if (order.Description.Length > MaxDescriptionLength)
        {
            return new InvalidInputError("description", $"Use {MaxDescriptionLength.ToString(CultureInfo.InvariantCulture)} characters at most.");
        }

        if (order.DebitAccountId == order.CreditAccountId)
        {
            return new SameAccountError();
        }

        if (GeneralLedger.IsInternal(order.DebitAccountId) && GeneralLedger.IsInternal(order.CreditAccountId))
        {
            return new NotAllowedError();
        }

        return IsForActor(order) ? null : new NotAllowedError();
    }

    /// <summary>Whether somebody decides on other people's transactions: fraud analysts and administrators.</summary>
    public static bool MayDecide(Actor actor) => actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin);

    /// <summary>The commit that carries a new order out (posts it, or reserves its funds), or the rule against it.</summary>
    /// <param name="order">What is asked.</param>
    /// <param name="snapshot">The accounts as read.</param>
    /// <param name="now">The time.</param>
    /// <param name="assess">
    /// Assesses the transfer that all rules allow, given the accounts before it; <see langword="null"/> to leave that out, as
    /// when an order is only looked at. A transfer it blocks leaves a row that says so, and moves nothing.
    /// </param>
    public Result<LedgerCommit> Decide(
        TransferOrder order, LedgerSnapshot snapshot, DateTimeOffset now, Func<Transfer, Account?, Account?, RiskVerdict?>? assess = null)
    {
        if (Check(order) is { } invalid)
        {
            return invalid;
        }

        var debit = snapshot.Accounts.GetValueOrDefault(order.DebitAccountId);
        var credit = snapshot.Accounts.GetValueOrDefault(order.CreditAccountId);
        if (Find(order, debit, credit) is { } missing)
        {
            return missing;
        }

        var at = order.At ?? Latest(now, debit, credit);
        if (order.At is { } given && Latest(given, debit, credit) is var latest && latest > given)
        {
            return new OutOfOrderError(latest);
        }

        var limitUse = 0L;
        if (debit is not null)
        {
            limitUse = UsesLimit(order, debit, credit) ? order.Amount.MinorUnits : 0;
            if (DebitRefusal(order.Amount, debit) is { } refusal)
            {
                return refusal;
            }

            if (limitUse > 0 && LimitRefusal(order.Amount, debit, at) is { } over)
            {
                return over;
            }

            if (!order.Actor.IsSystem && !order.DuplicateConfirmed && debit.Activity.FindDuplicate(at, order.Amount, order.CreditAccountId) is { } duplicate
                && order.Kind == TransferKind.Transfer)
            {
                return new LikelyDuplicateError(duplicate.At);
            }
        }

        if (credit is not null && CreditRefusal(credit) is { } closed)
        {
            return closed;
        }

        if (order.Kind == TransferKind.Deposit && !order.Actor.IsSystem
            && AccountLimits.In(options.LimitsOf(credit!.Type).PerDeposit, credit.Currency) is var most && order.Amount > most)
        {
            return new OverDepositLimitError(most);
        }

        var sameOwner = debit is not null && credit is not null && debit.OwnerId == credit.OwnerId;
        var transfer = new Transfer
        {
            Id = order.TransferId,
            Kind = order.Kind,
            Status = TransferStatus.Held,
            DebitAccountId = order.DebitAccountId,
            CreditAccountId = order.CreditAccountId,
            DebitOwnerId = debit?.OwnerId,
            CreditOwnerId = credit?.OwnerId,
            Amount = order.Amount,
            Description = order.Description,
            CreditLabel = Label(order.CreditName, credit, sameOwner),
            DebitLabel = Label(order.DebitName, debit, sameOwner),
            InitiatorId = order.Actor.UserId,
            ContentHash = order.ContentHash,
            CreatedAt = at,
            LimitUse = limitUse,
        };

        var risk = assess?.Invoke(transfer, debit, credit);
        transfer = transfer with { Risk = risk, IsAlertPending = risk is { IsFlagged: true } };
        if (transfer.Risk is { Outcome: RiskOutcome.Block })
        {
            return new LedgerCommit(transfer with { Status = TransferStatus.Blocked, LimitUse = 0 }, null, [], []);
        }

        if (order.Hold || transfer.Risk is { Outcome: RiskOutcome.Hold })
        {
            if (debit is null)
            {
                // Cash that was paid in waits outside the account: there is nothing to reserve.
                return new LedgerCommit(transfer, null, [], []);
            }

            var reserved = debit with
            {
                Held = debit.Held + order.Amount,
                Activity = debit.Activity.WithLimitUse(DayOf(at), limitUse),
                Version = debit.Version + 1,
            };
            return new LedgerCommit(transfer, null, [reserved], []);
        }

        return Post(transfer, null, debit is null ? null : debit with { Activity = debit.Activity.WithLimitUse(DayOf(at), limitUse) }, credit, at);
    }

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
        return Post(
            transfer with { SettledBy = settledBy, SettledAt = now, Reason = reason, IsAlertPending = transfer.Risk is { IsFlagged: true } },
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
            transfer with { Status = TransferStatus.Rejected, SettledBy = settledBy, SettledAt = now, Reason = reason, IsAlertPending = transfer.Risk is { IsFlagged: true } },
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
    public Result<LedgerCommit> Reverse(Transfer original, LedgerSnapshot snapshot, string by, string reason, bool mayOverdraw, DateTimeOffset now)
    {
        if (ReversalRefusal(original) is { } refusal)
        {
            return refusal;
        }

        // The legs turn around: the account that was credited is debited.
        var debit = snapshot.Accounts.GetValueOrDefault(original.CreditAccountId);
        var credit = snapshot.Accounts.GetValueOrDefault(original.DebitAccountId);
        if ((debit is null && !GeneralLedger.IsInternal(original.CreditAccountId)) || (credit is null && !GeneralLedger.IsInternal(original.DebitAccountId)))
        {
            return new NotFoundError("account");
        }

        if (debit?.Status == AccountStatus.Closed || credit?.Status == AccountStatus.Closed)
        {
            return new ReversalAccountClosedError();
        }

        var covered = debit is null ? original.Amount : Money.Max(Money.Min(debit.Spendable, original.Amount), Money.Zero(original.Amount.Currency));
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
        var post = Post(reversal, null, debit, credit is null ? null : GiveLimitBack(original, credit), Latest(now, debit, credit));
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

    /// <summary>What is left of an account's limits on the day of <paramref name="at"/>, and how large one movement may be.</summary>
    public RemainingLimits RemainingOf(Account account, DateTimeOffset at)
    {
        var limits = options.LimitsOf(account.Type);
        var perDay = AccountLimits.In(limits.PerDay, account.Currency);
        var used = new Money(account.Activity.LimitUsedOn(DayOf(at)), account.Currency);
        return new RemainingLimits(
            AccountLimits.In(limits.PerTransfer, account.Currency),
            perDay,
            used,
            Money.Max(perDay - used, Money.Zero(account.Currency)),
            AccountLimits.In(limits.PerDeposit, account.Currency));
    }

    private static LedgerCommit Post(Transfer transfer, TransferStatus? expected, Account? debit, Account? credit, DateTimeOffset at)
    {
        var accounts = ImmutableArray.CreateBuilder<Account>(2);
        var entries = ImmutableArray.CreateBuilder<Entry>(2);
        var debitEntry = Append(transfer, transfer.DebitAccountId, debit, -transfer.Amount, transfer.CreditLabel, transfer.CreditAccountId, at, accounts);
        var creditEntry = Append(transfer, transfer.CreditAccountId, credit, transfer.Amount, transfer.DebitLabel, transfer.DebitAccountId, at, accounts);
        entries.Add(debitEntry);
        entries.Add(creditEntry);
        return new LedgerCommit(
            transfer with
            {
                Status = TransferStatus.Posted,
                PostedAt = at,
                DebitSequence = debitEntry.Sequence,
                CreditSequence = creditEntry.Sequence,
            },
            expected,
            accounts.ToImmutable(),
            entries.ToImmutable());
    }

    private static Entry Append(
        Transfer transfer, string accountId, Account? account, Money amount, string counterparty, string counterpartyId, DateTimeOffset at, ImmutableArray<Account>.Builder changed)
    {
        var entry = EntryHash.Seal(new Entry
        {
            AccountId = account is null ? GeneralLedger.ShardOf(accountId, transfer.Id) : accountId,
            Sequence = account is null ? 0 : account.Sequence + 1,
            PostedAt = at,
            Amount = amount,
            BalanceAfter = account is null ? Money.Zero(amount.Currency) : account.Balance + amount,
            TransferId = transfer.Id,
            Kind = transfer.Kind,
            Description = transfer.Description,
            Counterparty = counterparty,
            IsOwnTransfer = transfer.IsBetweenOwnAccounts,
            PreviousHash = account?.LastHash ?? default,
        });
        if (account is not null)
        {
            changed.Add(account with
            {
                Balance = entry.BalanceAfter,
                Sequence = entry.Sequence,
                LastEntryAt = at,
                LastHash = entry.Hash,
                Activity = transfer.Kind.IsBooking() ? account.Activity : account.Activity.With(new Movement(
                    at, amount, counterpartyId, transfer.Kind is TransferKind.Deposit or TransferKind.Withdrawal, !transfer.IsBetweenOwnAccounts && !GeneralLedger.IsInternal(counterpartyId))),
                Version = account.Version + 1,
            });
        }

        return entry;
    }

    // What a customer may ask for at all; whose accounts they are is checked on the rows.
    private static bool IsForActor(TransferOrder order) =>
        order.Actor.IsSystem
        || (order.At is null && order.Actor.Is(BankRoles.Customer) && order.Kind switch
        {
            TransferKind.Deposit => order.DebitAccountId == GeneralLedger.Cash(order.Amount.Currency),
            TransferKind.Withdrawal => order.CreditAccountId == GeneralLedger.Cash(order.Amount.Currency),
            TransferKind.Transfer => !GeneralLedger.IsInternal(order.DebitAccountId) && !GeneralLedger.IsInternal(order.CreditAccountId),
            _ => false,
        });

    private static Error? Find(TransferOrder order, Account? debit, Account? credit)
    {
        if ((debit is null && !GeneralLedger.IsInternal(order.DebitAccountId))
            || (credit is null && !GeneralLedger.IsInternal(order.CreditAccountId)))
        {
            return new NotFoundError("account");
        }

        // Their own money out, cash only into their own accounts; somebody else's account is as good as none.
        var own = debit ?? credit!;
        if (!order.Actor.IsSystem && own.OwnerId != order.Actor.UserId)
        {
            return new NotFoundError("account");
        }

        return (debit ?? credit!).Currency == order.Amount.Currency && (credit ?? debit!).Currency == order.Amount.Currency
            ? null
            : new CurrencyMismatchError();
    }

    private static Error? DebitRefusal(Money amount, Account debit) => debit switch
    {
        { Status: AccountStatus.Frozen } => new DebitAccountFrozenError(),
        { Status: AccountStatus.Closed } => new DebitAccountClosedError(),
        _ when amount > debit.Spendable => new InsufficientFundsError(Money.Max(debit.Spendable, Money.Zero(debit.Currency))),
        _ => null,
    };

    private static Error? CreditRefusal(Account credit) => credit.Status == AccountStatus.Closed ? new CreditAccountClosedError() : null;

    private static bool UsesLimit(TransferOrder order, Account debit, Account? credit) =>
        !order.Actor.IsSystem
        && order.Kind is TransferKind.Withdrawal or TransferKind.Transfer
        && credit?.OwnerId != debit.OwnerId;

    private static string Label(string? name, Account? account, bool sameOwner) =>
        (account, sameOwner) switch
        {
            (null, _) => name ?? "",
            (_, true) => account.Label,
            _ => string.IsNullOrEmpty(name) ? account.Number.Masked : $"{name} {account.Number.Masked}",
        };

    private static DateTimeOffset Latest(DateTimeOffset at, Account? debit, Account? credit)
    {
        at = debit?.LastEntryAt is { } d && d > at ? d : at;
        return credit?.LastEntryAt is { } c && c > at ? c : at;
    }

    private static Result<Held> HeldIn(LedgerSnapshot snapshot)
    {
        if (snapshot.Transfer is not { } transfer
            || (!snapshot.Accounts.TryGetValue(transfer.DebitAccountId, out var debit) && !GeneralLedger.IsInternal(transfer.DebitAccountId)))
        {
            return new NotFoundError("transfer");
        }

        return transfer.Status == TransferStatus.Held ? new Held(transfer, debit) : new NotHeldError();
    }

    // What did not come to stay uses nothing of the day's limit.
    private Account GiveLimitBack(Transfer transfer, Account debited)
    {
        var day = DayOf(transfer.CreatedAt);
        return debited.Activity.LimitDay == day
            ? debited with { Activity = debited.Activity.WithLimitUse(day, -transfer.LimitUse) }
            : debited;
    }

    private Error? LimitRefusal(Money amount, Account debit, DateTimeOffset at)
    {
        var limits = RemainingOf(debit, at);
        return amount > limits.PerTransfer ? new OverTransferLimitError(limits.PerTransfer)
            : amount > limits.LeftToday ? new OverDailyLimitError(limits.PerDay, limits.LeftToday)
            : null;
    }

    private sealed record Held(Transfer Transfer, Account? Debit);
}
