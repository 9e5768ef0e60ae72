using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>
/// Manages the life cycle of rule sets: draft, back-test, shadow, approval by a second person, live. The rules of a version can change
/// only before it scores live transfers. Every step is stored with the version in the same write, and recorded in the audit trail.
/// Thread-safe.
/// </summary>
public sealed partial class RuleSetService(
    IRuleSetStore store,
    IShadowStore shadows,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp,
    TimeProvider time,
    ILogger<RuleSetService> logger)
{
    /// <summary>The most versions on one page of the list.</summary>
    public const int PageSize = 25;

    /// <summary>How many samples of a version in shadow are returned.</summary>
    public const int ShadowSamples = 25;

    // Tries after a lost race; few people change rules at the same time.
    private const int MaxTries = 5;

    /// <summary>Returns whether the actor may see rules and decisions.</summary>
    public static bool MayRead(Actor actor) => actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin) || actor.Is(BankRoles.Compliance);

    /// <summary>Returns whether the actor may edit and test rules.</summary>
    public static bool MayWrite(Actor actor) => actor.Is(BankRoles.Analyst);

    /// <summary>Returns whether the actor may approve rules, make them live and reject them.</summary>
    public static bool MayDecide(Actor actor) => actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin);

    /// <summary>Reads a page of versions, newest first.</summary>
    public async Task<Result<ImmutableArray<RuleSetVersion>>> ListAsync(Actor actor, int? before = null, CancellationToken ct = default) =>
        MayRead(actor) ? ImmutableArray.CreateRange(await store.ListAsync(before, PageSize, ct)) : new NotAllowedError();

    /// <summary>Reads one version.</summary>
    public async Task<Result<RuleSetVersion>> FindAsync(Actor actor, int number, CancellationToken ct = default) =>
        !MayRead(actor) ? new NotAllowedError()
        : await store.FindAsync(number, ct) is { } version ? version
        : Missing();

    /// <summary>Reads the live version.</summary>
    public async Task<Result<RuleSetVersion>> FindLiveAsync(Actor actor, CancellationToken ct = default) =>
        !MayRead(actor) ? new NotAllowedError()
        : await store.ReadPointersAsync(ct) is { } pointers && await store.FindAsync(pointers.Live, ct) is { } version ? version
        : Missing();

    /// <summary>Creates a draft with the rules of another version.</summary>
    /// <param name="actor">The author.</param>
    /// <param name="basedOn">The number of the version to copy.</param>
    /// <param name="purpose">The purpose of the change.</param>
    /// <param name="ct">Cancels the call.</param>
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

    /// <summary>Replaces the rules of a draft.</summary>
    /// <param name="actor">The author.</param>
    /// <param name="seen">The version as it was read before the edit.</param>
    /// <param name="rules">The new rules.</param>
    /// <param name="thresholds">The new thresholds.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<Result<RuleSetVersion>> SaveAsync(
        Actor actor, RuleSetVersion seen, ImmutableArray<RiskRule> rules, RiskThresholds thresholds, CancellationToken ct = default)
    {
        if (!MayWrite(actor))
        {
            return new NotAllowedError();
        }

        var set = new RuleSet(seen.Number, rules, thresholds);
        if (RuleSetValidator.Find(set) is { IsEmpty: false } errors)
        {
            return new RulesInvalidError(errors);
        }

        return await ChangeAsync(
            seen,
            now => now.IsEditable
                ? now.Edited(set, Step(RuleSetAction.Edit, actor, null))
                : new NotInThatStateError(now.State, "The rules of this version can no longer change. Create a new draft from it."),
            _ => RecordAsync(actor, "rules.edit", seen.Number, null),
            ct);
    }

    /// <summary>Records that an edition was back-tested. Does nothing when the draft was edited or moved on in the meantime.</summary>
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

    /// <summary>Puts a back-tested draft in shadow: it scores live transfers without effect.</summary>
    public Task<Result<RuleSetVersion>> ShadowAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayWrite(actor), seen, RuleSetAction.Shadow, comment, (now, pointers, live) => now switch
        {
            { State: RuleSetState.Draft } => new NotInThatStateError(now.State, "Back-test this draft in its current form first."),
            not { State: RuleSetState.BackTested } => new NotInThatStateError(now.State, "Only a back-tested draft can be put in shadow."),
            _ when pointers.Shadow is { } taken => new ShadowTakenError(taken),
            _ when HasSameContent(now.Set, live.Set) => new NothingChangedError(),
            _ when RuleSetValidator.Find(now.Set) is { IsEmpty: false } errors => new RulesInvalidError(errors),
            _ => new Move(RuleSetState.Shadow, pointers with { Shadow = now.Number }),
        }, ct);

    /// <summary>
    /// Approves a version in shadow. Requires a person who has not edited it and is not related to anybody who has, and a recent second
    /// factor.
    /// </summary>
    public async Task<Result<RuleSetVersion>> ApproveAsync(
        Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default)
    {
        var own = await conflicts.OfAsync(actor, ct);
        return await MoveAsync(actor, MayDecide(actor), seen, RuleSetAction.Approve, comment, (now, _, _) => now switch
        {
            not { State: RuleSetState.Shadow } => new NotInThatStateError(now.State, "Only a version in shadow can be approved."),
            _ when ApprovalRefusal(actor, own, now) is { } refusal => refusal,
            _ when stepUp.Check(actor).Error is { } stale => stale,
            _ => new Move(RuleSetState.Approved, null),
        }, ct);
    }

    /// <summary>Returns why the actor may not approve this version, as its maker or somebody related to one; <see langword="null"/> when
    /// they may.</summary>
    public async Task<Error?> FindApprovalRefusalAsync(Actor actor, RuleSetVersion version, CancellationToken ct = default) =>
        ApprovalRefusal(actor, await conflicts.OfAsync(actor, ct), version);

    /// <summary>Makes an approved version live, or one that was live before. Requires a recent second factor.</summary>
    public Task<Result<RuleSetVersion>> MakeLiveAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayDecide(actor), seen, RuleSetAction.GoLive, comment, (now, pointers, _) => now switch
        {
            not { State: RuleSetState.Approved or RuleSetState.Retired } => new NotInThatStateError(
                now.State, "Only an approved version, or one that was live before, can be made live."),
            _ when stepUp.Check(actor).Error is { } stale => stale,
            _ => new Move(
                RuleSetState.Live, pointers with { Live = now.Number, Shadow = pointers.Shadow == now.Number ? null : pointers.Shadow }),
        }, ct);

    /// <summary>Rejects a version that was never live. Final.</summary>
    public Task<Result<RuleSetVersion>> RejectAsync(Actor actor, RuleSetVersion seen, string? comment, CancellationToken ct = default) =>
        MoveAsync(actor, MayDecide(actor), seen, RuleSetAction.Reject, comment, (now, pointers, _) => now switch
        {
            { State: RuleSetState.Live or RuleSetState.Retired } => new NotInThatStateError(
                now.State, "This version has been live; make another version live instead."),
            { State: RuleSetState.Rejected } => new NotInThatStateError(now.State, "This version was already rejected."),
            _ => new Move(RuleSetState.Rejected, pointers.Shadow == now.Number ? pointers with { Shadow = null } : null),
        }, ct);

    /// <summary>Reads how a version in shadow, now or earlier, would have decided about live transfers.</summary>
    public async Task<Result<ShadowComparison>> CompareShadowAsync(Actor actor, int number, CancellationToken ct = default) =>
        MayRead(actor) ? await shadows.ReadAsync(number, ShadowSamples, ct) : new NotAllowedError();

    /// <summary>Returns whether the actor verified the second factor recently enough to approve.</summary>
    public bool IsFresh(Actor actor) => stepUp.IsFresh(actor);

    /// <summary>Returns whether two sets have the same rules and thresholds, whatever their numbers.</summary>
    public static bool HasSameContent(RuleSet one, RuleSet other) =>
        one.Thresholds == other.Thresholds && one.Rules.AsSpan().SequenceEqual(other.Rules.AsSpan());

    private static Error? ApprovalRefusal(Actor actor, OwnInterests own, RuleSetVersion version) =>
        version.Editors.Contains(actor.UserId, StringComparer.Ordinal)
            ? new SecondPersonNeededError()
            : own.ConflictWith(version.Editors.Select(editor => new Involved(editor, InvolvedAs.Maker)));

    private static NotFoundError Missing() => new("version of the rules");

    private static string NameOf(RuleSetAction action) => action switch
    {
        RuleSetAction.Shadow => "rules.shadow",
        RuleSetAction.Approve => "rules.approve",
        RuleSetAction.GoLive => "rules.live",
        RuleSetAction.Reject => "rules.reject",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "This step has no audit action."),
    };

    private async Task<Result<RuleSetVersion>> MoveAsync(
        Actor actor, bool isAllowed, RuleSetVersion seen, RuleSetAction action, string? comment,
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

        // A change of the live version or the pointers need not conflict with this step, so it is retried.
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
                return error is SecondPersonNeededError or ConflictOfInterestError
                    ? await RefusedAsync(actor, action, now.Number, reason.Value, error, ct)
                    : error;
            }

            if (now.Revision != seen.Revision)
            {
                return Meanwhile(now);
            }

            var (state, changedPointers) = outcome.Move!;
            var moved = now.After(state, Step(action, actor, reason.Value));
            var retired = state == RuleSetState.Live && live.Number != now.Number
                ? live.After(
                    RuleSetState.Retired,
                    Step(RuleSetAction.Retire, actor, $"Version {now.Number.ToString(CultureInfo.InvariantCulture)} took its place"))
                : null;
            if (await store.ReplaceAsync(
                retired is null ? [moved] : [moved, retired],
                changedPointers is null ? null : changedPointers with { Revision = pointers.Revision + 1 },
                ct))
            {
                await RecordAsync(actor, NameOf(action), now.Number, reason.Value);
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

    private RuleSetStep Step(RuleSetAction action, Actor actor, string? comment) => new(action, time.GetUtcNow(), actor.UserId, comment);

    // The refusal is recorded: somebody involved tried.
    private async Task<Error> RefusedAsync(
        Actor actor, RuleSetAction action, int number, string reason, Error refusal, CancellationToken ct) =>
        (await audit.RunAsync(
            actor,
            NameOf(action),
            AuditSubject.RuleSet(number.ToString(CultureInfo.InvariantCulture)),
            reason,
            _ => Task.FromResult(Result<RuleSetVersion>.Failure(refusal)),
            ct: ct)).Error ?? refusal;

    // The step is done and stored with the version. Record it even when the person has left, and log when that fails.
    private async Task RecordAsync(Actor actor, string action, int number, string? reason)
    {
        try
        {
            await audit.RecordAsync(
                actor, action, AuditSubject.RuleSet(number.ToString(CultureInfo.InvariantCulture)), reason, ct: CancellationToken.None);
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
