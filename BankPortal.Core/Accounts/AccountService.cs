using BankPortal.Core.Audit;
using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Accounts;

/// <summary>Opens, reads, renames, freezes and closes accounts. Stateless, thread-safe.</summary>
public sealed class AccountService(
    IAccountStore store, AccountOptions options, IAuditTrail audit, ConflictsOfInterest conflicts, StepUpPolicy stepUp, TimeProvider time,
    IClosingStep? closingStep = null)
{
    /// <summary>The longest nickname, in characters.</summary>
    public const int MaxNicknameLength = 30;

    /// <summary>The idempotency key of the account that every customer gets at registration, so that it is opened only once.</summary>
    public const string FirstAccountKey = "first-account";

    // Tries to find a free account number and to open accounts of one customer one after another.
    private const int MaxTries = 5;

    /// <summary>The currency in which accounts are opened when none is given.</summary>
    public Currency DefaultCurrency => Currency.Of(options.Currency);

    /// <summary>Opens an account for the actor. A repeat with the same key returns the first account.</summary>
    /// <returns>The account; or <see cref="NotAllowedError"/>, <see cref="InvalidInputError"/>,
    /// <see cref="TooManyAccountsError"/>.</returns>
    public Task<Result<Account>> OpenAsync(Actor actor, OpenAccount request, CancellationToken ct = default) =>
        actor.Is(BankRoles.Customer)
            ? OpenForAsync(actor.UserId, request, null, null, ct)
            : Task.FromResult<Result<Account>>(new NotAllowedError());

    /// <summary>
    /// Ensures that a customer has the account that comes with registration. Called after registration and again at each sign-in, so that
    /// a crash in between does no harm.
    /// </summary>
    public async Task<Result<Account>> EnsureFirstAccountAsync(string userId, CancellationToken ct = default) =>
        // The account exists at every sign-in but the first, and a refused transaction costs as much as a successful one.
        await store.FindAsync(IdOf(userId, FirstAccountKey), ct) is { } first
            ? first
            : await OpenForAsync(userId, new OpenAccount(FirstAccountKey, AccountType.Checking), null, null, ct);

    /// <summary>Opens an account for a given owner on behalf of the bank (imports, demonstrations).</summary>
    /// <param name="actor">Must be <see cref="Actor.System"/>.</param>
    /// <param name="ownerId">The user id of the owner.</param>
    /// <param name="request">The account to open.</param>
    /// <param name="currency">The currency; the bank's default when <see langword="null"/>.</param>
    /// <param name="openedAt">The opening time; now when <see langword="null"/>.</param>
    /// <param name="ct">Cancels the wait.</param>
    public Task<Result<Account>> OpenForAsync(
        Actor actor,
        string ownerId,
        OpenAccount request,
        Currency? currency = null,
        DateTimeOffset? openedAt = null,
        CancellationToken ct = default) =>
        actor.IsSystem
            ? OpenForAsync(ownerId, request, currency, openedAt, ct)
            : Task.FromResult<Result<Account>>(new NotAllowedError());

    /// <summary>Returns the actor's accounts, oldest first, closed ones included.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(Actor actor, CancellationToken ct = default) =>
        await store.ListByOwnerAsync(actor.UserId, ct);

    /// <summary>Returns one of the actor's accounts; for somebody else's account, <see cref="NotFoundError"/> as if it did not
    /// exist.</summary>
    public async Task<Result<Account>> GetAsync(Actor actor, string accountId, CancellationToken ct = default)
    {
        var account = await store.FindAsync(accountId, ct);
        return account is not null && account.OwnerId == actor.UserId ? account : new NotFoundError("account");
    }

    /// <summary>Sets the owner's nickname for an account; an empty one removes it.</summary>
    public Task<Result<Account>> RenameAsync(Actor actor, string accountId, string? nickname, CancellationToken ct = default)
    {
        var clean = CleanNickname(nickname);
        return clean.IsSuccess
            ? ChangeAsync(
                accountId,
                account => Owned(actor, account) ?? RequireOpen(account),
                account => account with { Nickname = clean.Value.Length == 0 ? null : clean.Value },
                ct)
            : Task.FromResult(Result<Account>.Failure(clean.Error));
    }

    /// <summary>
    /// Closes an account permanently. Requires a zero balance and no holds. What is due to the owner, such as accrued interest, is paid
    /// first; the account then has a balance again and is not closed. Closing a closed account succeeds.
    /// </summary>
    public async Task<Result<Account>> CloseAsync(Actor actor, string accountId, CancellationToken ct = default)
    {
        if (closingStep is not null
            && await store.FindAsync(accountId, ct) is { } open
            && (Owned(actor, open) ?? ClosingRefusal(open)) is null
            && await closingStep.PrepareAsync(open, ct) is { } unfinished)
        {
            return unfinished;
        }

        var result = await ChangeAsync(
            accountId,
            account => Owned(actor, account) ?? ClosingRefusal(account),
            account => account with { Status = AccountStatus.Closed, ClosedAt = time.GetUtcNow() },
            ct);
        return result.Error is AccountClosedError ? await GetAsync(actor, accountId, ct) : result;
    }

    /// <summary>
    /// Closes an account as of a moment in the past, on behalf of the bank (demonstrations). Requires a zero balance and no holds; nothing
    /// is paid first, and nobody is told. Closing a closed account succeeds and changes nothing.
    /// </summary>
    /// <param name="actor">Must be <see cref="Actor.System"/>.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="closedAt">When it was closed; not before its last entry.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Result<Account>> CloseForAsync(
        Actor actor, string accountId, DateTimeOffset closedAt, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.IsSystem)
        {
            return new NotAllowedError();
        }

        var result = await ChangeAsync(
            accountId,
            account => ClosingRefusal(account) ?? (account.LastEntryAt > closedAt || account.OpenedAt > closedAt
                ? new InvalidInputError("closedAt", "The account has later entries.")
                : null),
            account => account with { Status = AccountStatus.Closed, ClosedAt = closedAt },
            ct,
            isNews: false);
        return result.Error is AccountClosedError && await store.FindAsync(accountId, ct) is { } closed ? closed : result;
    }

    /// <summary>
    /// Freezes an account: money may come in but not go out. For fraud analysts and administrators who are not involved; needs a reason
    /// and a recent second factor. Freezing a frozen account succeeds.
    /// </summary>
    public Task<Result<Account>> FreezeAsync(Actor actor, string accountId, string reason, CancellationToken ct = default) =>
        SetStatusAsync(actor, "account.freeze", accountId, AccountStatus.Frozen, reason, ct);

    /// <summary>Unfreezes an account, so that money may leave it again. Same rules as <see cref="FreezeAsync"/>.</summary>
    public Task<Result<Account>> UnfreezeAsync(Actor actor, string accountId, string reason, CancellationToken ct = default) =>
        SetStatusAsync(actor, "account.unfreeze", accountId, AccountStatus.Active, reason, ct);

    /// <summary>Returns why the owner cannot close the account now; <see langword="null"/> when they can.</summary>
    public static Error? ClosingRefusal(Account account) =>
        account switch
        {
            { Status: AccountStatus.Closed } => new AccountClosedError(),
            { Status: AccountStatus.Frozen } => new AccountIsFrozenError(),
            { Held.IsZero: false } => new HoldsOutstandingError(),
            { Balance.IsZero: false } => new BalanceNotZeroError(account.Balance),
            _ => null,
        };

    /// <summary>Returns what is wrong with a nickname as typed; <see langword="null"/> when it is valid.</summary>
    public static Error? NicknameRefusal(string? nickname) => CleanNickname(nickname).Error;

    /// <summary>Returns the id of the account that a customer opens with an idempotency key.</summary>
    public static string IdOf(string ownerId, string idempotencyKey) => DerivedId.From("account", ownerId, idempotencyKey);

    private static Error? Owned(Actor actor, Account account) =>
        account.OwnerId == actor.UserId && actor.Is(BankRoles.Customer) ? null : new NotFoundError("account");

    private static Error? RequireOpen(Account account) => account.Status == AccountStatus.Closed ? new AccountClosedError() : null;

    private async Task<Result<Account>> SetStatusAsync(
        Actor actor, string action, string accountId, AccountStatus status, string reason, CancellationToken ct)
    {
        if (!actor.Is(BankRoles.Analyst) && !actor.Is(BankRoles.Admin))
        {
            return new NotAllowedError();
        }

        var checkedReason = StaffReason.Check(reason);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        // Look up the account before recording, so that the audit trail has no actions on accounts that do not exist.
        if (await store.FindAsync(accountId, ct) is not { } account)
        {
            return new NotFoundError("account");
        }

        if (RequireOpen(account) is { } refusal)
        {
            return refusal;
        }

        // A refused attempt on one's own account is recorded too.
        var conflict = await conflicts.FindAsync(actor, [new(account.OwnerId, InvolvedAs.Owner)], ct);
        return conflict is null && account.Status == status ? account
            : conflict is null && stepUp.Check(actor).Error is { } stale ? stale
            : await audit.RunAsync(
                actor,
                action,
                AuditSubject.Account(accountId),
                checkedReason.Value,
                token => conflict is null
                    ? ChangeAsync(accountId, RequireOpen, current => current with { Status = status }, token)
                    : Task.FromResult<Result<Account>>(conflict),
                ct: ct);
    }

    private static Result<string> CleanNickname(string? nickname)
    {
        var clean = TextInput.Clean(nickname);
        return clean.Length > MaxNicknameLength
            ? new InvalidInputError("nickname", $"Use {MaxNicknameLength.ToString(CultureInfo.InvariantCulture)} characters at most.")
            : clean;
    }

    private async Task<Result<Account>> OpenForAsync(
        string ownerId, OpenAccount request, Currency? currency, DateTimeOffset? openedAt, CancellationToken ct)
    {
        var nickname = CleanNickname(request.Nickname);
        if (!nickname.IsSuccess)
        {
            return nickname.Error;
        }

        if (!Enum.IsDefined(request.Type))
        {
            return new InvalidInputError("type", "Choose checking or savings.");
        }

        var unit = currency ?? DefaultCurrency;
        var id = IdOf(ownerId, request.IdempotencyKey);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var account = new Account
            {
                Id = id,
                OwnerId = ownerId,
                Number = AccountNumber.Random(),
                Type = request.Type,
                Nickname = nickname.Value.Length == 0 ? null : nickname.Value,
                Currency = unit,
                Balance = Money.Zero(unit),
                Held = Money.Zero(unit),
                Overdraft = Money.Zero(unit),
                OpenedAt = openedAt ?? time.GetUtcNow(),
                Version = 1,
            };
            switch (await store.TryOpenAsync(account, options.MaxPerCustomer, isNews: openedAt is null, ct))
            {
                case OpenOutcome.Opened:
                    return account;
                case OpenOutcome.AlreadyOpened:
                    return await store.FindAsync(id, ct) is { } first ? first : new BusyError();
                case OpenOutcome.TooMany:
                    return new TooManyAccountsError(options.MaxPerCustomer);
            }
        }

        return new BusyError();
    }

    private BankEvent? EventOf(Account before, Account after) => (before.Status, after.Status) switch
    {
        (AccountStatus.Active, AccountStatus.Frozen) => AccountEvents.Of(after, BankEventKinds.AccountFrozen, time.GetUtcNow()),
        (AccountStatus.Frozen, AccountStatus.Active) => AccountEvents.Of(after, BankEventKinds.AccountUnfrozen, time.GetUtcNow()),
        (not AccountStatus.Closed, AccountStatus.Closed) => AccountEvents.Of(after, BankEventKinds.AccountClosed, time.GetUtcNow()),
        _ => null,
    };

    private async Task<Result<Account>> ChangeAsync(
        string accountId, Func<Account, Error?> refuse, Func<Account, Account> change, CancellationToken ct, bool isNews = true)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await store.FindAsync(accountId, ct) is not { } account)
            {
                return new NotFoundError("account");
            }

            if (refuse(account) is { } error)
            {
                return error;
            }

            var changed = change(account) with { Version = account.Version + 1 };
            if (await store.TryUpdateAsync(changed, account.Version, isNews ? EventOf(account, changed) : null, ct))
            {
                return changed;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        return new BusyError();
    }
}
