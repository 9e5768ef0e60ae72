namespace BankPortal.Core.Accounts;

/// <summary>The owner has reached the maximum number of accounts.</summary>
public sealed record TooManyAccountsError(int Max)
    : Error($"You have {Max.ToString(CultureInfo.InvariantCulture)} accounts already, which is the most we offer.");

/// <summary>An account can be closed only when its balance is zero.</summary>
public sealed record BalanceNotZeroError(Money Balance)
    : Error($"There is still {Balance.Format(CultureInfo.CurrentCulture)} in this account. Move it out first, then close the account.");

/// <summary>An account with held transfers cannot be closed.</summary>
public sealed record HoldsOutstandingError()
    : Error("A transfer from this account is still being reviewed. The account can be closed when that is settled.");

/// <summary>A closed account accepts no commands.</summary>
public sealed record AccountClosedError() : Error("This account is closed.");

/// <summary>A frozen account cannot be closed by its owner.</summary>
public sealed record AccountIsFrozenError() : Error("This account is frozen. Please contact us.");

/// <summary>The member of staff has declared as many related persons as are kept.</summary>
public sealed record TooManyRelatedError(int Max)
    : Error($"You have declared {Max.ToString(CultureInfo.InvariantCulture)} people already. Ask an administrator to remove old ones first.");
