namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// The rules of moving money. They turn an order and the rows as read into the rows to write, or into the rule against it.
/// Pure: no store, no clock, no state; safe for use by several threads.
/// </summary>
/// <param name="options">The limits and the bank's time zone.</param>
public sealed partial class LedgerRules(LedgerOptions options)
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 140;

    /// <summary>The longest idempotency key.</summary>
    public const int MaxKeyLength = 100;

    /// <summary>The bank's time zone.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>The bank's calendar day at that moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => ZonedTime.DayOf(at, Zone);

    /// <summary>That moment on the clock of the bank's time zone.</summary>
    public DateTime LocalTimeOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;

    /// <summary>The first moment of a calendar day of the bank.</summary>
    public DateTimeOffset StartOf(DateOnly day) => ZonedTime.MomentOf(day, TimeOnly.MinValue, Zone);

    /// <summary>Checks an order without looking at any account.</summary>
    /// <returns>The rule against it; <see langword="null"/> when there is none.</returns>
    public static Error? Validate(TransferOrder order)
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
            return new InvalidInputError(
                "description", $"Use {MaxDescriptionLength.ToString(CultureInfo.InvariantCulture)} characters at most.");
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

    /// <summary>Whether the actor may decide on other people's transactions: fraud analysts and administrators.</summary>
    public static bool MayDecide(Actor actor) => actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin);

    /// <summary>
    /// Checks a new order against the accounts as read, except that a likely duplicate is only noted. For looking at an order
    /// before it is sent.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="snapshot">The accounts as read.</param>
    /// <param name="now">The time.</param>
    /// <returns>The transfer that could be made; or the rule against it.</returns>
    public Result<TransferCandidate> Review(TransferOrder order, LedgerSnapshot snapshot, DateTimeOffset now)
    {
        if (Validate(order) is { } invalid)
        {
            return invalid;
        }

        var debit = snapshot.Accounts.GetValueOrDefault(order.DebitAccountId);
        var credit = snapshot.Accounts.GetValueOrDefault(order.CreditAccountId);
        if (Find(order, debit, credit) is { } missing)
        {
            return missing;
        }

        if (order.At is { } past && past < order.ClosedBefore)
        {
            return new DayClosedError(DayOf(past));
        }

        var at = order.At ?? Latest(now, debit, credit);
        if (order.At is { } given && Latest(given, debit, credit) is var latest && latest > given)
        {
            return new OutOfOrderError(latest);
        }

        var limitUse = debit is not null && UsesLimit(order, debit, credit) ? order.Amount.MinorUnits : 0;
        if (debit is not null
            && (DebitRefusal(order.Amount, debit, order.MayUseOverdraft)
                ?? (limitUse > 0 ? LimitRefusal(order.Amount, debit, at) : null)) is { } refusal)
        {
            return refusal;
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

        var duplicate = debit is not null && order.Kind == TransferKind.Transfer && !order.Actor.IsSystem
            ? debit.Activity.FindDuplicate(at, order.Amount, order.CreditAccountId)
            : null;
        return new TransferCandidate(TransferOf(order, debit, credit, at, limitUse), debit, credit, order.Hold, duplicate?.At);
    }

    /// <summary>Checks a new order against the accounts as read: every rule, except for the assessment of its risk.</summary>
    /// <param name="order">The order.</param>
    /// <param name="snapshot">The accounts as read.</param>
    /// <param name="now">The time.</param>
    /// <returns>The transfer that may be made, to be assessed and then given to <see cref="Apply"/>; or the rule against it.</returns>
    public Result<TransferCandidate> Check(TransferOrder order, LedgerSnapshot snapshot, DateTimeOffset now)
    {
        var review = Review(order, snapshot, now);
        return review is { IsSuccess: true, Value.LikelyDuplicateOf: { } earlier } && !order.DuplicateConfirmed
            ? new LikelyDuplicateError(earlier)
            : review;
    }

    /// <summary>Decides on a transfer that the rules allow, as its assessment says: post it, reserve its funds, or refuse it.</summary>
    /// <param name="candidate">The transfer that <see cref="Check"/> allowed.</param>
    /// <param name="verdict">Its assessment; <see langword="null"/> for a booking that is not assessed.</param>
    /// <returns>The accepted step; or, for a blocked transfer, a refusal with the row that records it.</returns>
    public Decision Apply(TransferCandidate candidate, RiskVerdict? verdict)
    {
        var transfer = candidate.Transfer with { Risk = verdict, IsAlertPending = verdict is { IsFlagged: true } };
        if (verdict is { Outcome: RiskOutcome.Block })
        {
            return new Decision.Declined(
                new LedgerCommit(transfer with { Status = TransferStatus.Blocked, LimitUse = 0 }, null, [], []), new DeclinedError());
        }

        var debit = candidate.Debit is { } account
            ? account with { Activity = account.Activity.WithLimitUse(DayOf(transfer.CreatedAt), transfer.LimitUse) }
            : null;
        if (!candidate.Hold && verdict is not { Outcome: RiskOutcome.Hold })
        {
            return new Decision.Accepted(PostingStep.Of(transfer, null, debit, candidate.Credit, transfer.CreatedAt));
        }

        // Cash that was paid in waits outside the account: there is nothing to reserve.
        ImmutableArray<Account> reserved = debit is null
            ? []
            : [debit with { Held = debit.Held + transfer.Amount, Version = debit.Version + 1 }];
        return new Decision.Accepted(new LedgerCommit(transfer, null, reserved, []));
    }

    /// <summary>
    /// Answers an order whose transfer exists already: the first result again. A blocked transfer was refused, so its
    /// repeat is refused as well.
    /// </summary>
    /// <param name="order">The order that came again.</param>
    /// <param name="existing">The transfer with its id.</param>
    /// <returns>
    /// The transfer; or <see cref="IdempotencyKeyReusedError"/> when the order asks for something else, <see cref="DeclinedError"/>.
    /// </returns>
    public static Result<Transfer> Repeat(TransferOrder order, Transfer existing) =>
        existing.ContentHash != order.ContentHash ? new IdempotencyKeyReusedError()
        : existing.Status == TransferStatus.Blocked ? new DeclinedError()
        : existing;

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

    // Which orders a customer may give at all. The owners of the accounts are checked on the rows.
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

        // Customers debit their own accounts and pay cash into their own accounts only; other accounts are reported as not found.
        var own = debit ?? credit!;
        if (!order.Actor.IsSystem && own.OwnerId != order.Actor.UserId)
        {
            return new NotFoundError("account");
        }

        return (debit ?? credit!).Currency == order.Amount.Currency && (credit ?? debit!).Currency == order.Amount.Currency
            ? null
            : new CurrencyMismatchError();
    }

    private static Error? DebitRefusal(Money amount, Account debit, bool mayUseOverdraft)
    {
        var most = mayUseOverdraft ? debit.Spendable : debit.Available;
        return debit switch
        {
            { Status: AccountStatus.Frozen } => new DebitAccountFrozenError(),
            { Status: AccountStatus.Closed } => new DebitAccountClosedError(),
            _ when amount > most => new InsufficientFundsError(Money.Max(most, Money.Zero(debit.Currency))),
            _ => null,
        };
    }

    private static Error? CreditRefusal(Account credit) => credit.Status == AccountStatus.Closed ? new CreditAccountClosedError() : null;

    private static Transfer TransferOf(TransferOrder order, Account? debit, Account? credit, DateTimeOffset at, long limitUse)
    {
        var sameOwner = debit is not null && credit is not null && debit.OwnerId == credit.OwnerId;
        return new Transfer
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
    }

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

    private Error? LimitRefusal(Money amount, Account debit, DateTimeOffset at)
    {
        var limits = RemainingOf(debit, at);
        return amount > limits.PerTransfer ? new OverTransferLimitError(limits.PerTransfer)
            : amount > limits.LeftToday ? new OverDailyLimitError(limits.PerDay, limits.LeftToday)
            : null;
    }
}
