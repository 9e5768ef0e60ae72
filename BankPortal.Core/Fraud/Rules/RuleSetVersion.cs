using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>A version of the rule set with its life so far.</summary>
public sealed record RuleSetVersion
{
    /// <summary>How many steps are kept; beyond, the oldest edits are forgotten (their authors are not: <see cref="Editors"/>).</summary>
    public const int MaxSteps = 100;

    /// <summary>The rules and thresholds.</summary>
    public required RuleSet Set { get; init; }

    /// <summary>Where it stands.</summary>
    public required RuleSetState State { get; init; }

    /// <summary>Counts the changes of its rules, from 1. A back-test belongs to one edition.</summary>
    public required int Edition { get; init; }

    /// <summary>Counts all changes of the row, from 1: what was read is written over only if nobody else wrote meanwhile.</summary>
    public required long Revision { get; init; }

    /// <summary>The version it was begun from; <see langword="null"/> for the first.</summary>
    public int? BasedOn { get; init; }

    /// <summary>Everybody who wrote or changed its rules; none of them may approve it.</summary>
    public required ImmutableArray<string> Editors { get; init; }

    /// <summary>Its life so far, the oldest step first.</summary>
    public required ImmutableArray<RuleSetStep> Steps { get; init; }

    /// <summary>Its number.</summary>
    public int Number => Set.Version;

    /// <summary>What the version is for, in the words of whoever began it.</summary>
    public string? Purpose => Steps.FirstOrDefault(step => step.Act == RuleSetAction.Draft)?.Comment;

    /// <summary>Whether its rules can still change.</summary>
    public bool IsEditable => State is RuleSetState.Draft or RuleSetState.BackTested;

    /// <summary>When something last happened to it.</summary>
    public DateTimeOffset ChangedAt => Steps[^1].At;

    /// <summary>The last step of that kind, if it was ever taken.</summary>
    public RuleSetStep? Last(RuleSetAction act) => Steps.LastOrDefault(step => step.Act == act);

    /// <summary>The version after a step.</summary>
    internal RuleSetVersion After(RuleSetState state, RuleSetStep step) => this with
    {
        State = state,
        Revision = Revision + 1,
        Steps = Append(Steps, step),
    };

    /// <summary>The version with other rules.</summary>
    internal RuleSetVersion Edited(RuleSet set, RuleSetStep step) => After(RuleSetState.Draft, step) with
    {
        Set = set with { Version = Number },
        Edition = Edition + 1,
        Editors = Editors.Contains(step.ActorId, StringComparer.Ordinal) ? Editors : Editors.Add(step.ActorId),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Version {Number}, {State}, revision {Revision}");

    // Somebody who saves every minute takes one step, not a hundred.
    private static ImmutableArray<RuleSetStep> Append(ImmutableArray<RuleSetStep> steps, RuleSetStep step)
    {
        if (step.Act == RuleSetAction.Edit && steps is [.., { Act: RuleSetAction.Edit } last] && last.ActorId == step.ActorId && last.Comment == step.Comment)
        {
            return steps.SetItem(steps.Length - 1, step);
        }

        if (steps.Length >= MaxSteps && steps.FirstOrDefault(kept => kept.Act is RuleSetAction.Edit or RuleSetAction.BackTest) is { } oldest)
        {
            steps = steps.Remove(oldest);
        }

        return steps.Add(step);
    }
}

/// <summary>Where a version of the rule set stands. Stored by name: members may be added, never renamed.</summary>
public enum RuleSetState
{
    /// <summary>Being written; the only state besides <see cref="BackTested"/> in which its rules can change.</summary>
    Draft,

    /// <summary>Tried on past transfers as it is now. An edit makes it a draft again.</summary>
    BackTested,

    /// <summary>Scores live transfers without effect. From here on its rules never change.</summary>
    Shadow,

    /// <summary>A second person has approved it; it waits to be made live and goes on scoring without effect.</summary>
    Approved,

    /// <summary>Decides about transfers. One version does.</summary>
    Live,

    /// <summary>Was live. Can be made live again, should its successor turn out wrong.</summary>
    Retired,

    /// <summary>Given up. Final.</summary>
    Rejected,
}

/// <summary>Who did what with a version, when, and why.</summary>
/// <param name="Act">What.</param>
/// <param name="At">When.</param>
/// <param name="ActorId">Who; the bank itself for the version it began with.</param>
/// <param name="Comment">Why, where the person was asked.</param>
public sealed record RuleSetStep(RuleSetAction Act, DateTimeOffset At, string ActorId, string? Comment);

/// <summary>A step in the life of a version. Stored by name: members may be added, never renamed.</summary>
public enum RuleSetAction
{
    /// <summary>It was begun.</summary>
    Draft,

    /// <summary>Its rules were changed.</summary>
    Edit,

    /// <summary>It was tried on past transfers.</summary>
    BackTest,

    /// <summary>It was put beside the live version.</summary>
    Shadow,

    /// <summary>A second person approved it.</summary>
    Approve,

    /// <summary>It was made live.</summary>
    GoLive,

    /// <summary>Another version took its place.</summary>
    Retire,

    /// <summary>It was given up.</summary>
    Reject,
}
