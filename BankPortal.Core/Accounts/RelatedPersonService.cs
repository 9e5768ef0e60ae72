using BankPortal.Core.Audit;

namespace BankPortal.Core.Accounts;

/// <summary>
/// Lets staff declare which customers are related to them, so that <see cref="ConflictsOfInterest"/> counts these customers' affairs as
/// their own. Staff declare for themselves; only an administrator who is not involved takes a declaration back. Stateless, thread-safe.
/// </summary>
public sealed class RelatedPersonService(
    IRelatedPersonStore store,
    IAccountStore accounts,
    ICustomerDirectory directory,
    IStaffDirectory staff,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp,
    TimeProvider time)
{
    /// <summary>The most people related to one member of staff.</summary>
    public const int MaxPerPerson = 50;

    /// <summary>Reads the people related to the actor, with names.</summary>
    /// <returns>The relations; or <see cref="NotAllowedError"/> for customers.</returns>
    public async Task<Result<IReadOnlyList<RelatedLine>>> ListOwnAsync(Actor actor, CancellationToken ct = default) =>
        actor.IsStaff
            ? Result<IReadOnlyList<RelatedLine>>.From(await NamedAsync(actor.UserId, await store.FindAsync(actor.UserId, ct), ct))
            : new NotAllowedError();

    /// <summary>Reads the relations of all staff, with names, ordered by member of staff. For administrators.</summary>
    /// <returns>The relations; or <see cref="NotAllowedError"/>.</returns>
    public async Task<Result<IReadOnlyList<RelatedLine>>> ListAllAsync(Actor actor, CancellationToken ct = default)
    {
        if (!MayRemove(actor))
        {
            return new NotAllowedError();
        }

        var members = await staff.ListAsync(BankRoles.Staff, ct);
        var found = await store.FindManyAsync([.. members.Select(member => member.UserId)], ct);
        var pairs = found.SelectMany(one => one.Value.Select(person => (StaffId: one.Key, Person: person))).ToList();
        var own = await conflicts.OfAsync(actor, ct);
        return Result<IReadOnlyList<RelatedLine>>.From(
            [
                .. (await NamedAsync(pairs, ct)).Select(line => line with
                {
                    Conflict = own.ConflictWith(InvolvedIn(line.StaffId, line.Person.UserId)),
                }),
            ]);
    }

    /// <summary>Returns whether the actor may take declarations of colleagues back.</summary>
    public static bool MayRemove(Actor actor) => actor.Is(BankRoles.Admin);

    /// <summary>Returns whom a declaration would be about, so that the person can look before it takes effect. Changes nothing.</summary>
    /// <param name="actor">The member of staff.</param>
    /// <param name="number">The number of one of the related person's accounts, as typed.</param>
    /// <param name="kind">How they are related.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The relation as it would be stored, with names; or the refusals of <see cref="DeclareAsync"/>.</returns>
    public async Task<Result<RelatedLine>> CheckAsync(Actor actor, string? number, RelationKind? kind, CancellationToken ct = default)
    {
        var related = await FindRelatedAsync(actor, number, kind, ct);
        return related.IsSuccess ? (await NamedAsync(actor.UserId, [related.Value], ct))[0] : related.Error;
    }

    /// <summary>Declares that the owner of an account is related to the actor. Replaces an earlier declaration about the same
    /// person.</summary>
    /// <param name="actor">The member of staff.</param>
    /// <param name="number">The number of one of the related person's accounts, as typed.</param>
    /// <param name="kind">How they are related.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The relation; or <see cref="NotAllowedError"/> for customers, <see cref="InvalidInputError"/>,
    /// <see cref="TooManyRelatedError"/>.</returns>
    public async Task<Result<RelatedPerson>> DeclareAsync(Actor actor, string? number, RelationKind? kind, CancellationToken ct = default)
    {
        var checkedRelation = await FindRelatedAsync(actor, number, kind, ct);
        if (!checkedRelation.IsSuccess)
        {
            return checkedRelation.Error;
        }

        var related = checkedRelation.Value;
        return await audit.RunAsync<RelatedPerson>(
            actor,
            "related.declare",
            AuditSubject.Customer(related.UserId),
            null,
            async token =>
            {
                await store.PutAsync(actor.UserId, related, token);
                return related;
            },
            related.Kind.ToString(),
            ct);
    }

    /// <summary>Takes a declaration back, for both people. For administrators who are neither of them nor related to them.</summary>
    /// <param name="actor">The administrator.</param>
    /// <param name="staffId">The user id of the member of staff.</param>
    /// <param name="relatedId">The user id of the related person.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The relation that was removed; or <see cref="NotAllowedError"/>, <see cref="InvalidInputError"/>,
    /// <see cref="NotFoundError"/>, <see cref="ConflictOfInterestError"/>, <see cref="SecondFactorStaleError"/>.</returns>
    public async Task<Result<RelatedPerson>> RemoveAsync(
        Actor actor, string staffId, string relatedId, string? reason, CancellationToken ct = default)
    {
        if (!MayRemove(actor))
        {
            return new NotAllowedError();
        }

        var checkedReason = StaffReason.Check(reason);
        if (!checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        if ((await store.FindAsync(staffId, ct)).FirstOrDefault(person => person.UserId == relatedId) is not { } related)
        {
            return new NotFoundError("declaration");
        }

        var conflict = await conflicts.FindAsync(actor, InvolvedIn(staffId, relatedId), ct);
        if (conflict is null && stepUp.Check(actor).Error is { } stale)
        {
            return stale;
        }

        return await audit.RunAsync<RelatedPerson>(
            actor,
            "related.remove",
            AuditSubject.Customer(relatedId),
            checkedReason.Value,
            async token =>
            {
                if (conflict is not null)
                {
                    return conflict;
                }

                await store.RemoveAsync(staffId, relatedId, token);
                return related;
            },
            related.Kind.ToString(),
            ct);
    }

    private async Task<Result<RelatedPerson>> FindRelatedAsync(Actor actor, string? number, RelationKind? kind, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowedError();
        }

        if (!AccountNumber.TryParse(number ?? "", out var parsed))
        {
            return new InvalidInputError("number", AccountNumber.ErrorIn(number)!);
        }

        if (kind is not { } relation || !Enum.IsDefined(relation))
        {
            return new InvalidInputError("kind", "Choose how you are related.");
        }

        if (await accounts.FindByNumberAsync(parsed, ct) is not { } account)
        {
            return new InvalidInputError("number", "There is no account with this number.");
        }

        if (account.OwnerId == actor.UserId)
        {
            return new InvalidInputError("number", "This account is your own; there is nothing to declare.");
        }

        var known = await store.FindAsync(actor.UserId, ct);
        return known.Count >= MaxPerPerson && !known.Any(person => person.UserId == account.OwnerId)
            ? new TooManyRelatedError(MaxPerPerson)
            : new RelatedPerson(account.OwnerId, relation, actor.UserId, time.GetUtcNow());
    }

    private static Involved[] InvolvedIn(string staffId, string relatedId) =>
        [new(staffId, InvolvedAs.Subject), new(relatedId, InvolvedAs.Subject)];

    private Task<IReadOnlyList<RelatedLine>> NamedAsync(string staffId, IReadOnlyList<RelatedPerson> related, CancellationToken ct) =>
        NamedAsync([.. related.Select(person => (staffId, person))], ct);

    private async Task<IReadOnlyList<RelatedLine>> NamedAsync(List<(string StaffId, RelatedPerson Person)> pairs, CancellationToken ct)
    {
        string[] people = [.. pairs.SelectMany(pair => new[] { pair.StaffId, pair.Person.UserId }).Distinct(StringComparer.Ordinal)];
        var names = people.Length == 0
            ? ImmutableDictionary<string, string>.Empty
            : await directory.FindNamesAsync(people, ct);
        return
        [
            .. pairs
                .Select(pair => new RelatedLine(
                    pair.StaffId, names.GetValueOrDefault(pair.StaffId), pair.Person, names.GetValueOrDefault(pair.Person.UserId)))
                .OrderBy(line => line.StaffName, StringComparer.CurrentCultureIgnoreCase)
                .ThenBy(line => line.Name, StringComparer.CurrentCultureIgnoreCase),
        ];
    }
}

/// <summary>A person related to a member of staff, with names.</summary>
/// <param name="StaffId">The user id of the member of staff.</param>
/// <param name="StaffName">Their name; <see langword="null"/> when unknown.</param>
/// <param name="Person">The related person.</param>
/// <param name="Name">The name of the related person; <see langword="null"/> when unknown.</param>
public sealed record RelatedLine(string StaffId, string? StaffName, RelatedPerson Person, string? Name)
{
    /// <summary>Why the reader may not take it back; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}
