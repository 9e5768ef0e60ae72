namespace BankPortal.Core.Identity;

/// <summary>
/// The act is sensitive and the person has not proven to be there recently. The page answers by asking for the second
/// factor and repeating the command.
/// </summary>
public sealed record SecondFactorStaleError() : Error("For your security, please confirm that it is you before we go on.");
