using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>The version is not in a state in which this can be done.</summary>
public sealed record NotInThatStateError(RuleSetState State, string Sentence) : Error(Sentence);

/// <summary>Somebody changed the version after it was read.</summary>
/// <param name="ById">Who.</param>
/// <param name="At">When.</param>
public sealed record ChangedMeanwhileError(string ById, DateTimeOffset At)
    : Error("Somebody else has changed this version since you opened it. Nothing of yours was saved yet, and nothing of it is lost: look at the other change first.");

/// <summary>The rules have mistakes.</summary>
public sealed record RulesInvalidError(ImmutableArray<RuleValidationError> Mistakes)
    : Error(Mistakes.Length == 1 ? "One thing has to be put right first." : $"{Mistakes.Length.ToString(CultureInfo.InvariantCulture)} things have to be put right first.");

/// <summary>Whoever wrote rules does not approve them.</summary>
public sealed record SecondPersonNeededError() : Error("You have worked on this version. Somebody else has to approve it.");

/// <summary>Another version is on trial already.</summary>
public sealed record ShadowTakenError(int Number)
    : Error($"Version {Number.ToString(CultureInfo.InvariantCulture)} is in shadow already, and there can be one. Approve it or give it up first.");

/// <summary>A draft that says the same as the live version has nothing to try.</summary>
public sealed record NothingChangedError() : Error("These rules are the same as the live ones. Change something first.");

/// <summary>A node replays one period at a time.</summary>
public sealed record BackTestRunningError(int Number)
    : Error($"A back-test of version {Number.ToString(CultureInfo.InvariantCulture)} is running. Wait for it, or cancel it.");
