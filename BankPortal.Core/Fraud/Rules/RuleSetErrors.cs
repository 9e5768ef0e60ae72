using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>The state of the version does not allow this action.</summary>
public sealed record NotInThatStateError(RuleSetState State, string Sentence) : Error(Sentence);

/// <summary>Somebody else changed the version after it was read.</summary>
/// <param name="ById">The user id of that person.</param>
/// <param name="At">When they changed it.</param>
public sealed record ChangedMeanwhileError(string ById, DateTimeOffset At)
    : Error(
        "Somebody else changed this version after you opened it. Your changes are not saved yet, but they are not lost: "
        + "look at the other change first.");

/// <summary>The rules have errors.</summary>
public sealed record RulesInvalidError(ImmutableArray<RuleValidationError> Errors)
    : Error(Errors.Length == 1
        ? "Correct one error first."
        : $"Correct {Errors.Length.ToString(CultureInfo.InvariantCulture)} errors first.");

/// <summary>The four-eyes principle: a person who edited a version may not approve it.</summary>
public sealed record SecondPersonNeededError() : Error("You have edited this version. Somebody else has to approve it.");

/// <summary>Another version is already in shadow.</summary>
public sealed record ShadowTakenError(int Number)
    : Error(
        $"Version {Number.ToString(CultureInfo.InvariantCulture)} is already in shadow, and there can be only one. "
        + "Approve or reject it first.");

/// <summary>The draft has the same rules as the live version, so there is nothing to test.</summary>
public sealed record NothingChangedError() : Error("These rules are the same as the live ones. Change something first.");

/// <summary>A node runs one back-test at a time.</summary>
public sealed record BackTestRunningError(int Number)
    : Error($"A back-test of version {Number.ToString(CultureInfo.InvariantCulture)} is running. Wait for it, or cancel it.");
