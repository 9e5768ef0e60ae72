namespace BankPortal.Core.Ledger.Payees;

/// <summary>The account is in the customer's payee book already.</summary>
public sealed record PayeeKnownError() : Error("This account is in your payees already.")
{
    /// <inheritdoc/>
    public override string? Field => "number";
}

/// <summary>One's own accounts need not be added.</summary>
public sealed record PayeeIsOwnError() : Error("This is one of your own accounts. You can always move money there.")
{
    /// <inheritdoc/>
    public override string? Field => "number";
}

/// <summary>
/// The name does not fit the account, and the customer has not confirmed it. The name that the bank has is not given away.
/// </summary>
/// <param name="Match">How it fits.</param>
public sealed record PayeeNameDiffersError(NameMatch Match)
    : Error(Match == NameMatch.CloseMatch
        ? "The name is close to the name the account is held under, but not the same."
        : "The name does not match the name the account is held under.");

/// <summary>The payee book is full.</summary>
/// <param name="Most">The most payees.</param>
public sealed record TooManyPayeesError(int Most)
    : Error($"You have {Most.ToString(CultureInfo.CurrentCulture)} payees, and that is the most there can be. Remove one first.");
