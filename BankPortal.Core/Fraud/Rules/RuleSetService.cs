using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>
/// The life of rule sets: drafted, tried on the past, tried on live transfers without effect, approved by a second person,
/// live. Rules change only before the version has scored live transfers; every step is kept with the version, in the same
/// write, and in the audit trail.
/// </summary>
public sealed partial class RuleSetService(
    IRuleSetStore store, IShadowStore shadows, IAuditTrail audit, StepUpPolicy stepUp, TimeProvider time, ILogger<RuleSetService> logger)
{
    /// <summary>The most versions a page of the list has.</summary>
    public const int PageSize = 50;

    /// <summary>How many samples of a version in shadow are shown.</summary>
    public const int ShadowSamples = 25;

    // Tries after a lost race; few people change rules at the same time.
    private const int MaxTries = 5;

    /// <summary>Whether the actor may see rules and decisions.</summary>
    public static bool MayRead(Actor actor) => actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin) || actor.Is(BankRoles.Compliance);

    /// <summary>Whether the actor may write rules and try them.</summary>
    public static bool MayWrite(Actor actor) => actor.Is(BankRoles.Analyst);

    /// <summary>Whether the actor may approve rules, put them in force and give them up.</summary>
    public static bool MayDecide(Actor actor) => actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin);

    /// <summary>Versions, the newest first.</summary>
    public async Task<Result<ImmutableArray<RuleSetVersion>>> ListAsync(Actor actor, int? before = null, CancellationToken ct = default) =>
        MayRead(actor) ? ImmutableArray.CreateRange(await store.ListAsync(before, PageSize, ct)) : new NotAllowedError();

    /// <summary>One version.</summary>
    public async Task<Result<RuleSetVersion>> FindAsync(Actor actor, int number, CancellationToken ct = default) =>
        !MayRead(actor) ? new NotAllowedError()
        : await store.FindAsync(number, ct) is { } version ? version
        : Missing();

    /// <summary>The version that is live.</summary>
    public async Task<Result<RuleSetVersion>> FindLiveAsync(Actor actor, CancellationToken ct = default) =>
        !MayRead(actor) ? new NotAllowedError()
        : await store.ReadPointersAsync(ct) is { } pointers && await store.FindAsync(pointers.Live, ct) is { } version ? version
        : Missing();

    /// <summary>Begins a version with the rules of another.</summary>
    /// <param name="actor">Who writes.</param>
    /// <param name="basedOn">The version to begin with.</param>
    /// <param name="purpose">What the change is for.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<RuleSetVersion>> DraftAsync(Actor actor, int basedOn, string? purpose, CancellationToken ct = default)
    {
        if (!MayWrite(actor))
        {
            return new NotAllowedError();
        }

        var reason = StaffReason.Check(purpose);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        if (await store.FindAsync(basedOn, ct) is not { } origin)
        {
            return Missing();
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var number = (await store.ListAsync(null, 1, ct)) is [var newest, ..] ? newest.Number + 1 : 1;
            var draft = new RuleSetVersion
            {
                Set = origin.Set with { Version = number },
                State = RuleSetState.Draft,
                Edition = 1,
                Revision = 1,
                BasedOn = basedOn,
                Editors = [actor.UserId],
                Steps = [Step(RuleSetAction.Draft, actor, reason.Value)],
            };
            if (await store.AddAsync(draft, ct))
            {
                await RecordAsync(actor, "rules.draft", number, reason.Value);
                return draft;
            }
        }

        return new BusyError();
    }

    /// <summary>Gives a draft other rules.</summary>
    /// <param name="actor">Who writes.</param>
    /// <param name="seen">The version as it was read before it was edited.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="thresholds">From score to outcome.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<RuleSetVersion>> SaveAsync(
        Actor actor, RuleSetVersion seen, ImmutableArray<RiskRule> rules, RiskThresholds thresholds, CancellationToken ct = default)
    {
        if (!MayWrite(actor))
        {
            return new NotAllowedError();
        }

        var set = new RuleSet(seen.Number, rules, thresholds);
        if (RuleSetValidator.Find(set) is { IsEmpty: false } mistakes)
        {
            return new RulesInvalidError(mistakes);
        }

        return await ChangeAsync(
            seen,
            now => now.IsEditable
                ? now.Edited(set, Step(RuleSetAction.Edit, actor, null))
                : new NotInThatStateError(now.State, "This version's rules cannot change any more. Begin a new draft from it."),
            _ => RecordAsync(actor, "rules.edit", seen.Number, null),
            ct);
    }

    /// <summary>Notes that an edition was tried on the past. Does nothing if the draft has been edited or moved on meanwhile.</summary>
    internal async Task NoteBackTestAsync(Actor actor, int number, int edition, string what, CancellationToken ct = default)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await store.FindAsync(number, ct) is not { IsEditable: true } version || version.Edition != edition)
            {
                break;
            }

            if (await store.ReplaceAsync([version.After(RuleSetState.BackTested, Step(RuleSetAction.BackTest, actor, what))], null, ct))
            {
                break;
            }
        }

        await RecordAsync(actor, "rules.back-test", number, what);
    }

    /// <summary>Puts a back-tested draft beside the live version: it scores what comes without effect.</summary>
    public Task<Result<RuleSetVersion>> ShadowAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayWrite(actor), seen, RuleSetAction.Shadow, comment, (now, pointers, live) => now switch
        {
            { State: RuleSetState.Draft } => new NotInThatStateError(now.State, "Back-test this draft as it is now first."),
            not { State: RuleSetState.BackTested } => new NotInThatStateError(now.State, "Only a back-tested draft can be put in shadow."),
            _ when pointers.Shadow is { } taken => new ShadowTakenError(taken),
            _ when HasSameContent(now.Set, live.Set) => new NothingChangedError(),
            _ when RuleSetValidator.Find(now.Set) is { IsEmpty: false } mistakes => new RulesInvalidError(mistakes),
            _ => new Move(RuleSetState.Shadow, pointers with { Shadow = now.Number }),
        }, ct);

    /// <summary>Approves a version that has been in shadow. Needs somebody who has not worked on it, and a fresh second factor.</summary>
    public Task<Result<RuleSetVersion>> ApproveAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayDecide(actor), seen, RuleSetAction.Approve, comment, (now, _, _) => now switch
        {
            not { State: RuleSetState.Shadow } => new NotInThatStateError(now.State, "Only a version in shadow can be approved."),
            _ when now.Editors.Contains(actor.UserId, StringComparer.Ordinal) => new SecondPersonNeededError(),
            _ when stepUp.Check(actor).Error is { } stale => stale,
            _ => new Move(RuleSetState.Approved, null),
        }, ct);

    /// <summary>Makes an approved version live, or one that was live before. Needs a fresh second factor.</summary>
    public Task<Result<RuleSetVersion>> MakeLiveAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayDecide(actor), seen, RuleSetAction.GoLive, comment, (now, pointers, _) => now switch
        {
            not { State: RuleSetState.Approved or RuleSetState.Retired } => new NotInThatStateError(now.State, "Only an approved version, or one that was live before, can be made live."),
            _ when stepUp.Check(actor).Error is { } stale => stale,
            _ => new Move(RuleSetState.Live, pointers with { Live = now.Number, Shadow = pointers.Shadow == now.Number ? null : pointers.Shadow }),
        }, ct);

    /// <summary>Gives a version up that has not been live.</summary>
    public Task<Result<RuleSetVersion>> RejectAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayDecide(actor), seen, RuleSetAction.Reject, comment, (now, pointers, _) => now switch
        {
            { State: RuleSetState.Live or RuleSetState.Retired } => new NotInThatStateError(now.State, "This version has been live; make another one live instead."),
            { State: RuleSetState.Rejected } => new NotInThatStateError(now.State, "This version has been given up already."),
            _ => new Move(RuleSetState.Rejected, pointers.Shadow == now.Number ? pointers with { Shadow = null } : null),
        }, ct);

    /// <summary>What a version in shadow, or one that was, made of live transfers.</summary>
    public async Task<Result<ShadowComparison>> CompareShadowAsync(Actor actor, int number, CancellationToken ct = default) =>
        MayRead(actor) ? await shadows.ReadAsync(number, ShadowSamples, ct) : new NotAllowedError();

    /// <summary>Whether the actor has proven the second factor recently enough to approve.</summary>
    public bool IsFresh(Actor actor) => stepUp.IsFresh(actor);

    /// <summary>Whether two sets say the same, whatever their numbers.</summary>
    public static bool HasSameContent(RuleSet one, RuleSet other) =>
        one.Thresholds == other.Thresholds && one.Rules.AsSpan().SequenceEqual(other.Rules.AsSpan());

    private static NotFoundError Missing() => new("version of the rules");

    private static string NameOf(RuleSetAction act) => act switch
    {
        RuleSetAction.Shadow => "rules.shadow",
        RuleSetAction.Approve => "rules.approve",
        RuleSetAction.GoLive => "rules.live",
        RuleSetAction.Reject => "rules.reject",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No act of its own."),
    };

    private async Task<Result<RuleSetVersion>> MoveAsync(
        Actor actor, bool isAllowed, RuleSetVersion seen, RuleSetAction act, string? comment,
        Func<RuleSetVersion, RuleSetPointers, RuleSetVersion, Outcome> decide, CancellationToken ct)
    {
        if (!isAllowed)
        {
            return new NotAllowedError();
        }

        var reason = StaffReason.Check(comment);
        if (!reason.IsSuccess)
        {
            return reason.Error;
        }

        // The live version and what points at it may change without concern to this one: then it is tried again.
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await store.ReadPointersAsync(ct) is not { } pointers
                || await store.FindAsync(pointers.Live, ct) is not { } live
                || await store.FindAsync(seen.Number, ct) is not { } now)
            {
                return Missing();
            }

            var outcome = decide(now, pointers, live);
            if (outcome.Error is { } error)
            {
                return error;
            }

            if (now.Revision != seen.Revision)
            {
                return Meanwhile(now);
            }

            var (state, changedPointers) = outcome.Move!;
            var moved = now.After(state, Step(act, actor, reason.Value));
            var retired = state == RuleSetState.Live && live.Number != now.Number
                ? live.After(RuleSetState.Retired, Step(RuleSetAction.Retire, actor, $"Version {now.Number.ToString(CultureInfo.InvariantCulture)} took its place"))
                : null;
            if (await store.ReplaceAsync(
                retired is null ? [moved] : [moved, retired],
                changedPointers is null ? null : changedPointers with { Revision = pointers.Revision + 1 },
                ct))
            {
                await RecordAsync(actor, NameOf(act), now.Number, reason.Value);
                return moved;
            }
        }

        return new BusyError();
    }

    private async Task<Result<RuleSetVersion>> ChangeAsync(
        RuleSetVersion seen, Func<RuleSetVersion, Result<RuleSetVersion>> change, Func<RuleSetVersion, Task> record, CancellationToken ct)
    {
        if (await store.FindAsync(seen.Number, ct) is not { } now)
        {
            return Missing();
        }

        var changed = change(now);
        if (!changed.IsSuccess)
        {
            return changed;
        }

        if (now.Revision != seen.Revision)
        {
            return Meanwhile(now);
        }

        if (!await store.ReplaceAsync([changed.Value], null, ct))
        {
            return await store.FindAsync(seen.Number, ct) is { } other ? Meanwhile(other) : Missing();
        }

        await record(changed.Value);
        return changed;
    }

    private static ChangedMeanwhileError Meanwhile(RuleSetVersion now) => new(now.Steps[^1].ActorId, now.ChangedAt);

    private RuleSetStep Step(RuleSetAction act, Actor actor, string? comment) => new(act, time.GetUtcNow(), actor.UserId, comment);

    // What was done is done, and its proof is in the version; whether or not the person is still there, and the trail can be written.
    private async Task RecordAsync(Actor actor, string action, int number, string? reason)
    {
        try
        {
            await audit.RecordAsync(actor, action, AuditSubject.RuleSet(number.ToString(CultureInfo.InvariantCulture)), reason, ct: CancellationToken.None);
        }
        catch (Exception exception)
        {
            AuditFailed(logger, action, number, actor.UserId, exception);
        }
    }

    private sealed record Move(RuleSetState State, RuleSetPointers? Pointers);

    private readonly record struct Outcome(Move? Move, Error? Error)
    {
        public static implicit operator Outcome(Move move) => new(move, null);

        public static implicit operator Outcome(Error error) => new(null, error);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Action} of version {Version} by {UserId} was done, but is missing in the audit trail")]
    private static partial void AuditFailed(ILogger logger, string action, int version, string userId, Exception exception);
}
