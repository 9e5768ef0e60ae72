namespace BankPortal.Core.Identity.Confirmations;

/// <summary>The confirmation of a payment, from the question to its use. Belongs to one session.</summary>
public sealed record PaymentConfirmation
{
    /// <summary>Identifies it; derived from the user, the form and what is confirmed.</summary>
    public required string Id { get; init; }

    /// <summary>Who confirms.</summary>
    public required string UserId { get; init; }

    /// <summary>The session that asked. It does not count in another.</summary>
    public required string SessionId { get; init; }

    /// <summary>What it is bound to (<see cref="PaymentToConfirm.Digest"/>).</summary>
    public required string Digest { get; init; }

    /// <summary>What is ordered.</summary>
    public required ConfirmationPurpose Purpose { get; init; }

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }

    /// <summary>The payee's name as the customer gave it.</summary>
    public required string PayeeName { get; init; }

    /// <summary>Whether the name fits the account; <see langword="null"/> when it was not compared.</summary>
    public bool? IsNameRight { get; init; }

    /// <summary>The payee's account number.</summary>
    public required string PayeeNumber { get; init; }

    /// <summary>What the debited account is called.</summary>
    public required string FromLabel { get; init; }

    /// <summary>The dates of a standing order in text; <see langword="null"/> for a payment that is made at once.</summary>
    public string? Dates { get; init; }

    /// <summary>Until when it waits for the factor or, once confirmed, counts.</summary>
    public required DateTimeOffset OpenUntil { get; init; }

    /// <summary>How far it is.</summary>
    public ConfirmationState State { get; init; }

    /// <summary>What it was confirmed by; <see langword="null"/> while it waits.</summary>
    public ConfirmationFactor? Factor { get; init; }

    /// <summary>What it was used for (the key of the use); <see langword="null"/> while it is not used.</summary>
    public string? UsedFor { get; init; }
}

/// <summary>How far a confirmation is. Stored by name.</summary>
public enum ConfirmationState
{
    /// <summary>The person has been asked.</summary>
    Waiting,

    /// <summary>Confirmed, and not used.</summary>
    Confirmed,

    /// <summary>Used for its payment.</summary>
    Used,
}

/// <summary>What a payment was confirmed by. Stored by name.</summary>
public enum ConfirmationFactor
{
    /// <summary>A code of the authenticator app.</summary>
    Authenticator,

    /// <summary>A recovery code.</summary>
    RecoveryCode,

    /// <summary>The password, for customers without an authenticator.</summary>
    Password,

    /// <summary>A passkey.</summary>
    Passkey,
}
