namespace BankPortal.Core.Ledger.Payees;

/// <summary>Somebody the customer has paid before, or has put into their payee book.</summary>
/// <param name="AccountId">The account that is paid.</param>
/// <param name="Number">Its number.</param>
/// <param name="Name">The name the customer gave.</param>
/// <param name="FirstPaidAt">When it was paid first; <see langword="null"/> for never.</param>
/// <param name="LastPaidAt">When it was paid last; <see langword="null"/> for never.</param>
public sealed record Payee(
    string AccountId, AccountNumber Number, string Name, DateTimeOffset? FirstPaidAt, DateTimeOffset? LastPaidAt)
{
    /// <summary>What the customer calls them; <see langword="null"/> for none.</summary>
    public string? Nickname { get; init; }

    /// <summary>Whether the customer wants them at the top of lists.</summary>
    public bool IsFavourite { get; init; }

    /// <summary>How the name fitted when the payee was added; <see langword="null"/> for those made by a payment.</summary>
    public NameMatch? NameMatch { get; init; }

    /// <summary>When the customer added them; <see langword="null"/> for those made by a payment.</summary>
    public DateTimeOffset? AddedAt { get; init; }

    /// <summary>The nickname, or else the name.</summary>
    public string Label => Nickname ?? Name;

    /// <summary>Payees in the order of lists: favourites, then those paid last, then those never paid by when they were added.</summary>
    public static IEnumerable<Payee> InOrder(IEnumerable<Payee> payees) => payees
        .OrderByDescending(payee => payee.IsFavourite)
        .ThenByDescending(payee => payee.LastPaidAt ?? payee.AddedAt)
        .ThenBy(payee => payee.AccountId, StringComparer.Ordinal);
}
