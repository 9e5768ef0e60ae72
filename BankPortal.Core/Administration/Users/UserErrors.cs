namespace BankPortal.Core.Administration.Users;

/// <summary>Nobody changes their own roles or sign-in through the administration.</summary>
public sealed record OwnUserError() : Error("This is you. A colleague has to do it.");

/// <summary>The bank would be left without an administrator.</summary>
public sealed record LastAdministratorError() : Error("This is the only administrator. Make somebody else one first.");

/// <summary>The roles are those the person has.</summary>
public sealed record RolesUnchangedError() : Error("These are the roles the person has already.");

/// <summary>There is nothing to take away.</summary>
public sealed record NoSecondFactorError() : Error("The person has no second factor.");

/// <summary>There is such a request already.</summary>
public sealed record AskedBeforeError() : Error("This was asked for already and waits for a second administrator.");
