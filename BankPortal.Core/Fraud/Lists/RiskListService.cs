using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Desk;
using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Lists;

/// <summary>
/// Manages the risk lists: accounts and customers that are blocked, watched or trusted, each until an end date. Every change needs a
/// reason, a recent second factor and an actor who is not involved, and is recorded in the audit trail. Stateless, thread-safe.
/// </summary>
public sealed class RiskListService(
    IRiskListStore store,
    IAccountStore accounts,
    ILedgerStore ledger,
    ICustomerDirectory directory,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp,
    TimeProvider time)
{
    /// <summary>The longest time before an entry expires and has to be reviewed.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromDays(366);

    /// <summary>How many subjects the page shows.</summary>
    public const int PageSize = 200;

    /// <summary>Reads all list entries with names, last changed first, expired ones included.</summary>
    public async Task<Result<IReadOnlyList<ListLine>>> ListAsync(Actor actor, CancellationToken ct = default) =>
        FraudDesk.MayAct(actor)
            ? Result<IReadOnlyList<ListLine>>.From(await NamedAsync(actor, await store.ListAsync(PageSize, ct), ct))
            : new NotAllowedError();

    /// <summary>Reads the list entries of a subject, expired ones included.</summary>
    public async Task<Result<IReadOnlyList<ListEntry>>> FindAsync(Actor actor, string subjectId, CancellationToken ct = default) =>
        FraudDesk.MayAct(actor)
            ? Result<IReadOnlyList<ListEntry>>.From(await store.FindAsync(subjectId, ct))
            : new NotAllowedError();

    /// <summary>Puts an account, given by its number, or its owner on a list.</summary>
    public async Task<Result<ListEntry>> AddByNumberAsync(
        Actor actor, string number, ListedKind kind, string list, TimeSpan lasts, string reason, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        if (!AccountNumber.TryParse(number, out var parsed))
        {
            return new InvalidInputError("number", AccountNumber.ErrorIn(number)!);
        }

        return await accounts.FindByNumberAsync(parsed, ct) is { } account
            ? await AddAsync(actor, kind == ListedKind.Account ? account.Id : account.OwnerId, kind, list, lasts, reason, ct)
            : new InvalidInputError("number", "There is no account with this number.");
    }

    /// <summary>Puts a subject on a list.</summary>
    /// <returns>The entry; or <see cref="NotAllowedError"/>, <see cref="InvalidInputError"/>, <see cref="NotFoundError"/>,
    /// <see cref="AlreadyListedError"/>, <see cref="ListChangedError"/>, <see cref="ConflictOfInterestError"/>,
    /// <see cref="SecondFactorStaleError"/>.</returns>
    public async Task<Result<ListEntry>> AddAsync(
        Actor actor, string subjectId, ListedKind kind, string list, TimeSpan lasts, string reason, CancellationToken ct = default)
    {
        if (Refusal(actor, kind, list, lasts) is { } refusal)
        {
            return refusal;
        }

        var checkedReason = StaffReason.Check(reason);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        var exists = kind == ListedKind.Account
            ? await accounts.FindAsync(subjectId, ct) is not null
            : await directory.FindNameAsync(subjectId, ct) is not null;
        if (!exists)
        {
            return new NotFoundError(kind == ListedKind.Account ? "account" : "customer");
        }

        var now = time.GetUtcNow();
        var existing = (await store.FindAsync(subjectId, ct)).FirstOrDefault(entry => entry.List == list);
        if (existing?.IsInForce(now) == true)
        {
            return new AlreadyListedError();
        }

        var entry = new ListEntry(subjectId, kind, list, now + lasts, checkedReason.Value, actor.UserId, now);
        return await PutAsync(actor, "list.add", entry, existing?.Until, ct);
    }

    /// <summary>Extends an entry to <paramref name="lasts"/> from now.</summary>
    /// <param name="actor">The person who extends it.</param>
    /// <param name="seen">The entry as the actor saw it; refused when it has changed since.</param>
    /// <param name="lasts">The time from now.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<Result<ListEntry>> ExtendAsync(
        Actor actor, ListEntry seen, TimeSpan lasts, string reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (Refusal(actor, seen.Kind, seen.List, lasts) is { } refusal)
        {
            return refusal;
        }

        var checkedReason = StaffReason.Check(reason);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        var now = time.GetUtcNow();
        return await PutAsync(
            actor,
            "list.extend",
            seen with { Until = now + lasts, Reason = checkedReason.Value, ById = actor.UserId, ChangedAt = now },
            seen.Until,
            ct);
    }

    /// <summary>Removes an entry from its list.</summary>
    /// <param name="actor">The person who removes it.</param>
    /// <param name="seen">The entry as the actor saw it; refused when it has changed since.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<Result<ListEntry>> RemoveAsync(Actor actor, ListEntry seen, string reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        var checkedReason = StaffReason.Check(reason);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        return await ChangeAsync(
            actor,
            "list.remove",
            seen,
            checkedReason.Value,
            async token => await store.TryRemoveAsync(seen, time.GetUtcNow(), token) ? seen : new ListChangedError(),
            seen.List,
            ct);
    }

    private static Error? Refusal(Actor actor, ListedKind kind, string list, TimeSpan lasts) =>
        !FraudDesk.MayAct(actor) ? new NotAllowedError()
        : !Enum.IsDefined(kind) ? new InvalidInputError("kind", "Choose the account or the customer.")
        : !RiskLists.All.Contains(list, StringComparer.Ordinal) ? new InvalidInputError("list", "Choose a list.")
        : list == RiskLists.Trusted && kind == ListedKind.Customer ? new InvalidInputError(
            "list", "Only an account that receives money can be trusted. Choose the account instead of the customer.")
        : lasts <= TimeSpan.Zero || lasts > MaxTime ? new InvalidInputError("until", "Choose an end within a year.")
        : null;

    private static AuditSubject SubjectOf(ListEntry entry) =>
        entry.Kind == ListedKind.Account ? AuditSubject.Account(entry.SubjectId) : AuditSubject.Customer(entry.SubjectId);

    private Task<Result<ListEntry>> PutAsync(Actor actor, string action, ListEntry entry, DateTimeOffset? seen, CancellationToken ct) =>
        ChangeAsync(
            actor,
            action,
            entry,
            entry.Reason,
            async token => await store.TryPutAsync(entry, seen, token) ? entry : new ListChangedError(),
            string.Create(CultureInfo.InvariantCulture, $"{entry.List} until {entry.Until:yyyy-MM-dd HH:mm} UTC"),
            ct);

    // Refuses people who are involved, which is recorded, and asks for a recent second factor.
    private async Task<Result<ListEntry>> ChangeAsync(
        Actor actor,
        string action,
        ListEntry entry,
        string reason,
        Func<CancellationToken, Task<Result<ListEntry>>> change,
        string detail,
        CancellationToken ct)
    {
        Involved concerned = entry.Kind == ListedKind.Account
            ? new((await accounts.FindAsync(entry.SubjectId, ct))?.OwnerId, InvolvedAs.Owner)
            : new(entry.SubjectId, InvolvedAs.Subject);
        var conflict = await conflicts.FindAsync(actor, [concerned], ct);
        if (conflict is null && stepUp.Check(actor).Error is { } stale)
        {
            return stale;
        }

        return await audit.RunAsync(
            actor,
            action,
            SubjectOf(entry),
            reason,
            token => conflict is null ? change(token) : Task.FromResult<Result<ListEntry>>(conflict),
            detail,
            ct);
    }

    private async Task<IReadOnlyList<ListLine>> NamedAsync(Actor actor, IReadOnlyList<ListEntry> entries, CancellationToken ct)
    {
        var own = conflicts.OfAsync(actor, ct);
        var rows = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var some in entries.Where(entry => entry.Kind == ListedKind.Account)
            .Select(entry => entry.SubjectId)
            .Distinct(StringComparer.Ordinal)
            .Chunk(100))
        {
            foreach (var (id, account) in (await ledger.ReadManyAsync([], some, ct)).Accounts)
            {
                rows[id] = account;
            }
        }

        string? CustomerOf(ListEntry entry) =>
            entry.Kind == ListedKind.Customer ? entry.SubjectId : rows.GetValueOrDefault(entry.SubjectId)?.OwnerId;
        var people = entries.SelectMany(entry => new[] { CustomerOf(entry), entry.ById })
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var names = people.Count == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : await directory.FindNamesAsync(people, ct);
        var interests = await own;
        return
        [
            .. entries.Select(entry => new ListLine(
                entry,
                CustomerOf(entry),
                CustomerOf(entry) is { } customer ? names.GetValueOrDefault(customer) : null,
                rows.GetValueOrDefault(entry.SubjectId)?.Number,
                names.GetValueOrDefault(entry.ById))
            {
                Conflict = interests.ConflictWith(
                    [new(CustomerOf(entry), entry.Kind == ListedKind.Account ? InvolvedAs.Owner : InvolvedAs.Subject)]),
            }),
        ];
    }
}
