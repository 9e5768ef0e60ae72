using BankPortal.Core.Products.Bookings;

namespace BankPortal.Web.Components.Products;

/// <summary>What an account earns and costs, as <see cref="AccountTermsCard"/> shows it, for pages that read it with their own content.</summary>
/// <param name="Terms">The terms, and what has come of them.</param>
public sealed record ShownTerms(AccountTerms Terms);

/// <summary>Reads what an account earns and costs, for the first response of a page. Thread-safe.</summary>
public sealed class ShownTermsReader(ProductView view)
{
    /// <summary>Reads it; <see langword="null"/> when the product has no terms yet, and for somebody else's account.</summary>
    public async Task<ShownTerms?> ReadAsync(Actor actor, string accountId, CancellationToken ct = default)
    {
        var read = await view.OfAsync(actor, accountId, ct);
        return read.IsSuccess ? new ShownTerms(read.Value) : null;
    }
}
