namespace BankPortal.Core.Ledger.Screening;

/// <summary>What is known about an order besides the accounts' rows.</summary>
public sealed record RiskBackground
{
    /// <summary>Nothing was asked: the bank's own bookings, which are not assessed.</summary>
    public static RiskBackground NotAssessed { get; } = new();

    /// <summary>Whether the order is to be assessed, with effect.</summary>
    public bool IsAssessed { get; init; }

    /// <summary>Why something is missing; <see langword="null"/> when all that was asked for is there.</summary>
    public string? Failure { get; init; }

    /// <summary>When the debited customer first paid the credited account; <see langword="null"/> for never.</summary>
    public DateTimeOffset? PayeeSince { get; init; }

    /// <summary>When password, e-mail or second factor of the debited customer last changed; <see langword="null"/> for never.</summary>
    public DateTimeOffset? SecurityChangedAt { get; init; }

    /// <summary>The names of the lists that one of the accounts, or the owner of one, is on.</summary>
    public ImmutableHashSet<string> Lists { get; init; } = [];
}
