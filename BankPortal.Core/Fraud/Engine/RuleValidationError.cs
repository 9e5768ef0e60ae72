namespace BankPortal.Core.Fraud.Engine;

/// <summary>Something wrong in a rule set, said so that the person who edits it can mend it.</summary>
/// <param name="RuleId">The rule; <see langword="null"/> for the set as a whole.</param>
/// <param name="Field">The field: <c>id</c>, <c>name</c>, <c>when</c>, <c>score</c>, <c>reason</c>, <c>thresholds</c>, <c>rules</c>.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record RuleValidationError(string? RuleId, string Field, string Message);
