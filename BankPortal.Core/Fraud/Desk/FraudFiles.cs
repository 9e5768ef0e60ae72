using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Lists;
using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Reads what fraud analysts and administrators see about accounts and customers. Stateless, thread-safe.</summary>
public sealed class FraudFiles(
    IAccountStore accounts,
    ILedgerStore ledger,
    ICustomerDirectory directory,
    ICustomerAccess access,
    IRiskListStore lists,
    ICaseStore cases,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    TimeProvider time)
{
    /// <summary>How many of the latest transfers the file of an account has.</summary>
    public const int RecentCount = 25;

    private const int ActionCount = 25;
    private const int CaseCount = 10;
    private const int AlertCount = 15;
    private const int HeldLookedAt = 100;

    /// <summary>Finds the id of the account with the given id or account number.</summary>
    /// <returns>The account's id; or <see cref="NotAllowedError"/>, <see cref="InvalidInputError"/>.</returns>
    public async Task<Result<string>> FindIdAsync(Actor actor, string number, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        return !AccountNumber.TryParse(number, out var parsed)
            ? new InvalidInputError("number", AccountNumber.ErrorIn(number)!)
            : await accounts.FindByNumberAsync(parsed, ct) is { } account ? account.Id
            : new InvalidInputError("number", "There is no account with this number.");
    }

    /// <summary>Reads an account with its latest transfers and staff actions. Four round trips, or five when transfers are
    /// held.</summary>
    /// <returns>The file; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<AccountFile>> AccountAsync(Actor actor, string accountId, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        if (GeneralLedger.IsInternal(accountId)
            || !DerivedId.IsWellFormed(accountId)
            || await accounts.FindAsync(accountId, ct) is not { } account)
        {
            return new NotFoundError("account");
        }

        var listed = lists.FindManyAsync([account.Id, account.OwnerId], ct);
        var reading = audit.ListAsync(AuditSubject.Account(account.Id), ActionCount, ct);
        var conflict = conflicts.FindAsync(actor, [new(account.OwnerId, InvolvedAs.Owner)], ct);
        var holding = account.Held.IsZero
            ? Task.FromResult<IReadOnlyList<Transfer>>([])
            : ledger.ListHeldAsync(new HeldQuery(HeldLookedAt), ct);
        var recent = await RecentAsync(account.Id, RecentCount, ct);
        var held = (await holding)
            .Where(transfer => transfer.DebitAccountId == account.Id || transfer.CreditAccountId == account.Id)
            .ToImmutableArray();
        var actions = await reading;
        var names = await NamesAsync(
            [
                account.OwnerId,
                .. recent.Concat(held).SelectMany(transfer => new[] { transfer.DebitOwnerId, transfer.CreditOwnerId }),
                .. actions.Select(action => action.ActorId),
            ],
            ct);
        var now = time.GetUtcNow();
        return new AccountFile(
            account,
            names.GetValueOrDefault(account.OwnerId),
            held,
            recent,
            names,
            [.. (await listed).Where(entry => entry.IsInForce(now))],
            [.. actions.Select(action => new StaffActionRecord(action, names.GetValueOrDefault(action.ActorId)))],
            now)
        {
            Conflict = await conflict,
        };
    }

    /// <summary>Reads a customer with accounts, sessions and staff actions. Three round trips.</summary>
    /// <returns>The file; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<CustomerFile>> CustomerAsync(Actor actor, string userId, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        if (await access.FindAsync(userId, ct) is not { } customer)
        {
            return new NotFoundError("customer");
        }

        var owned = accounts.ListByOwnerAsync(userId, ct);
        var conflict = conflicts.FindAsync(actor, [new(userId, InvolvedAs.Subject)], ct);
        // The sessions of colleagues are not shown.
        var signedIn = customer.IsStaff
            ? Task.FromResult<IReadOnlyList<CustomerSession>>([])
            : access.ListSessionsAsync(userId, ct);
        var listed = lists.FindAsync(userId, ct);
        var worked = cases.ListByCustomerAsync(userId, CaseCount, ct);
        var flagged = cases.ListAlertsByCustomerAsync(userId, AlertCount, ct);
        var actions = await audit.ListAsync(AuditSubject.Customer(userId), ActionCount, ct);
        var names = await NamesAsync([.. actions.Select(action => action.ActorId)], ct);
        var now = time.GetUtcNow();
        return new CustomerFile(
            customer,
            [.. await owned],
            [.. await signedIn],
            [.. (await listed).Where(entry => entry.IsInForce(now))],
            [.. await worked],
            [.. await flagged],
            [.. actions.Select(action => new StaffActionRecord(action, names.GetValueOrDefault(action.ActorId)))])
        {
            Conflict = await conflict,
        };
    }

    // Entries carry the ids of their transfers; the transfers name the other side.
    private async Task<ImmutableArray<Transfer>> RecentAsync(string accountId, int count, CancellationToken ct)
    {
        var entries = await ledger.ReadEntriesAsync(new EntryQuery(accountId, count), ct);
        if (entries.Count == 0)
        {
            return [];
        }

        string[] ids = [.. entries.Select(entry => entry.TransferId).Distinct(StringComparer.Ordinal)];
        var found = (await ledger.ReadManyAsync(ids, [], ct)).Transfers;
        return
        [
            .. entries.Select(entry => found.GetValueOrDefault(entry.TransferId))
                .OfType<Transfer>()
                .DistinctBy(transfer => transfer.Id, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string?> userIds, CancellationToken ct)
    {
        List<string> known = [.. userIds.OfType<string>().Where(id => id != Actor.SystemUserId).Distinct(StringComparer.Ordinal)];
        return known.Count == 0 ? ImmutableDictionary<string, string>.Empty : await directory.FindNamesAsync(known, ct);
    }
}
