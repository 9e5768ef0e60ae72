using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>A version of the rule set with its history. Immutable.</summary>
public sealed record RuleSetVersion
{
    /// <summary>How many steps are kept; beyond that the oldest edits are dropped (their authors stay in
    /// <see cref="Editors"/>).</summary>
    public const int MaxSteps = 100;

    /// <summary>The rules and thresholds.</summary>
    public required RuleSet Set { get; init; }

    /// <summary>The current state.</summary>
    public required RuleSetState State { get; init; }

    /// <summary>The number of the current edition of the rules, from 1. A back-test applies to one edition.</summary>
    public required int Edition { get; init; }

    /// <summary>The number of writes to the row, from 1; the optimistic lock against lost updates.</summary>
    public required long Revision { get; init; }

    /// <summary>The number of the version it was copied from; <see langword="null"/> for the first.</summary>
    public int? BasedOn { get; init; }

    /// <summary>The user ids of everybody who edited its rules; none of them may approve it.</summary>
    public required ImmutableArray<string> Editors { get; init; }

    /// <summary>Its history, oldest step first.</summary>
    public required ImmutableArray<RuleSetStep> Steps { get; init; }

    /// <summary>The version number.</summary>
    public int Number => Set.Version;

    /// <summary>The purpose of the version, as given by the person who created it.</summary>
    public string? Purpose => Steps.FirstOrDefault(step => step.Action == RuleSetAction.Draft)?.Comment;

    /// <summary>Whether its rules can still change.</summary>
    public bool IsEditable => State is RuleSetState.Draft or RuleSetState.BackTested;

    /// <summary>When the last step was taken.</summary>
    public DateTimeOffset ChangedAt => Steps[^1].At;

    /// <summary>Returns the last step of a kind; <see langword="null"/> when there is none.</summary>
    public RuleSetStep? Last(RuleSetAction action) => Steps.LastOrDefault(step => step.Action == action);

    /// <summary>Returns the version after a step.</summary>
    internal RuleSetVersion After(RuleSetState state, RuleSetStep step) => this with
    {
        State = state,
        Revision = Revision + 1,
        Steps = Append(Steps, step),
    };

    /// <summary>Returns the version with other rules.</summary>
    internal RuleSetVersion Edited(RuleSet set, RuleSetStep step) => After(RuleSetState.Draft, step) with
    {
        Set = set with { Version = Number },
        Edition = Edition + 1,
        Editors = Editors.Contains(step.ActorId, StringComparer.Ordinal) ? Editors : Editors.Add(step.ActorId),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Version {Number}, {State}, revision {Revision}");

    // Repeated saves by the same person count as one step.
    private static ImmutableArray<RuleSetStep> Append(ImmutableArray<RuleSetStep> steps, RuleSetStep step)
    {
        if (step.Action == RuleSetAction.Edit
            && steps is [.., { Action: RuleSetAction.Edit } last]
            && last.ActorId == step.ActorId
            && last.Comment == step.Comment)
        {
            return steps.SetItem(steps.Length - 1, step);
        }

        if (steps.Length >= MaxSteps
            && steps.FirstOrDefault(kept => kept.Action is RuleSetAction.Edit or RuleSetAction.BackTest) is { } oldest)
        {
            steps = steps.Remove(oldest);
        }

        return steps.Add(step);
    }
}

/// <summary>The state of a rule set version. Stored by name: members may be added, never renamed.</summary>
public enum RuleSetState
{
    /// <summary>Being edited. Rules can change only in this state and in <see cref="BackTested"/>.</summary>
    Draft,

    /// <summary>The current edition was back-tested. An edit makes the version a draft again.</summary>
    BackTested,

    /// <summary>Scores live transfers without effect. From here on its rules never change.</summary>
    Shadow,

    /// <summary>Approved by a second person; waits to be made live and still scores without effect.</summary>
    Approved,

    /// <summary>Decides about transfers. Exactly one version is live.</summary>
    Live,

    /// <summary>Was live earlier. Can be made live again to roll back its successor.</summary>
    Retired,

    /// <summary>Rejected. Final.</summary>
    Rejected,
}

/// <summary>One step in the history of a version.</summary>
/// <param name="Action">The kind of step.</param>
/// <param name="At">When it was taken.</param>
/// <param name="ActorId">The user id of the person who took it; the bank itself for the first version.</param>
/// <param name="Comment">The reason, if one was asked for.</param>
public sealed record RuleSetStep(RuleSetAction Action, DateTimeOffset At, string ActorId, string? Comment);

/// <summary>The kinds of steps in the history of a version. Stored by name: members may be added, never renamed.</summary>
public enum RuleSetAction
{
    /// <summary>The version was created.</summary>
    Draft,

    /// <summary>Its rules were edited.</summary>
    Edit,

    /// <summary>It was back-tested.</summary>
    BackTest,

    /// <summary>It was put in shadow.</summary>
    Shadow,

    /// <summary>A second person approved it.</summary>
    Approve,

    /// <summary>It was made live.</summary>
    GoLive,

    /// <summary>Another version replaced it.</summary>
    Retire,

    /// <summary>It was rejected.</summary>
    Reject,
}
