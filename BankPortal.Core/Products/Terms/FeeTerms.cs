namespace BankPortal.Core.Products.Terms;

/// <summary>The fees of a product, in major units of the account's currency. Zero means that there is no such fee.</summary>
public sealed record FeeTerms
{
    /// <summary>No fees.</summary>
    public static FeeTerms None { get; } = new();

    /// <summary>The fee for a calendar month.</summary>
    public decimal Monthly { get; init; }

    /// <summary>The monthly fee is waived when no day of the month closes below this balance; <see langword="null"/> for never.</summary>
    public decimal? WaivedFrom { get; init; }

    /// <summary>The fee for each withdrawal, or transfer to somebody else, beyond <see cref="FreeMovements"/> in a calendar month.</summary>
    public decimal PerMovement { get; init; }

    /// <summary>How many withdrawals and transfers to others are free in a calendar month.</summary>
    public int FreeMovements { get; init; }

    /// <summary>Whether there is no fee.</summary>
    public bool IsFree => Monthly == 0 && PerMovement == 0;
}
