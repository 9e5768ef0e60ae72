namespace BankPortal.Core.Identity.Confirmations;

/// <summary>
/// A payment that its customer has to confirm by a second factor: what the confirmation is bound to, and what they are shown.
/// </summary>
public sealed record PaymentToConfirm
{
    /// <summary>What is ordered.</summary>
    public required ConfirmationPurpose Purpose { get; init; }

    /// <summary>Names the form or the order: a confirmation counts for it alone.</summary>
    public required string Key { get; init; }

    /// <summary>How much; each time, for a standing order.</summary>
    public required Money Amount { get; init; }

    /// <summary>The account to debit.</summary>
    public required string FromAccountId { get; init; }

    /// <summary>The account to credit.</summary>
    public required string ToAccountId { get; init; }

    /// <summary>What else is confirmed: the dates of a standing order, in a form that depends on no language. Empty for none.</summary>
    public string Terms { get; init; } = "";

    /// <summary>The payee's name as the customer gave it. Shown.</summary>
    public required string PayeeName { get; init; }

    /// <summary>Whether the name fits the account; <see langword="null"/> when it was not compared. Shown.</summary>
    public bool? IsNameRight { get; init; }

    /// <summary>The payee's account number. Shown.</summary>
    public required string PayeeNumber { get; init; }

    /// <summary>What the debited account is called. Shown.</summary>
    public required string FromLabel { get; init; }

    /// <summary>The dates of a standing order in text; <see langword="null"/> for a payment that is made at once. Shown.</summary>
    public string? Dates { get; init; }

    /// <summary>A digest of everything that the confirmation is bound to.</summary>
    public string Digest => DerivedId.From(
        Purpose.ToString(),
        Amount.MinorUnits.ToString(CultureInfo.InvariantCulture),
        Amount.Currency.Code,
        FromAccountId,
        ToAccountId,
        Terms);

    /// <summary>The id of its confirmation by a user: what is shown under an id never changes.</summary>
    public string IdFor(string userId) => DerivedId.From("confirmation", userId, Key, Digest);
}

/// <summary>What a confirmation is for. Stored by name.</summary>
public enum ConfirmationPurpose
{
    /// <summary>A transfer that is made at once.</summary>
    Transfer,

    /// <summary>A standing order that is made or changed.</summary>
    StandingOrder,

    /// <summary>A loan that the customer signs.</summary>
    Loan,
}
