namespace BankPortal.Core.Identity;

/// <summary>
/// The action is sensitive and the person has not verified the second factor recently. The page asks for the second factor (step-up) and
/// repeats the command.
/// </summary>
public sealed record SecondFactorStaleError() : Error("For your security, please confirm that it is you before we go on.");
