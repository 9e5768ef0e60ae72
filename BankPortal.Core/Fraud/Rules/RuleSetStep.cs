namespace BankPortal.Core.Fraud.Rules;

/// <summary>Who did what with a version, when, and why.</summary>
/// <param name="Act">What.</param>
/// <param name="At">When.</param>
/// <param name="ActorId">Who; the bank itself for the version it began with.</param>
/// <param name="Comment">Why, where the person was asked.</param>
public sealed record RuleSetStep(RuleSetAction Act, DateTimeOffset At, string ActorId, string? Comment);
