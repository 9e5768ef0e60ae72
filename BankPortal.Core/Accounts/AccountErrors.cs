namespace BankPortal.Core.Accounts;

/// <summary>An owner may have so many accounts and no more.</summary>
public sealed record TooManyAccountsError(int Max)
    : Error($"You have {Max.ToString(CultureInfo.InvariantCulture)} accounts already, which is the most we offer.");

/// <summary>An account is closed only when it is empty.</summary>
public sealed record BalanceNotZeroError(Money Balance)
    : Error($"There is still {Balance.Format(CultureInfo.CurrentCulture)} in this account. Move it out first, then close the account.");

/// <summary>An account with reserved funds cannot be closed.</summary>
public sealed record HoldsOutstandingError()
    : Error("A transfer from this account is still being reviewed. The account can be closed when that is settled.");

/// <summary>Nothing can be done with a closed account.</summary>
public sealed record AccountClosedError() : Error("This account is closed.");

/// <summary>A frozen account cannot be closed by its owner.</summary>
public sealed record AccountIsFrozenError() : Error("This account is frozen. Please contact us.");
