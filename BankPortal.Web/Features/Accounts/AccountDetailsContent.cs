using BankPortal.Web.Components.Products;

namespace BankPortal.Web.Features.Accounts;

/// <summary>What the page of an account shows, as it was read.</summary>
/// <param name="Id">The account that was asked for.</param>
/// <param name="Account">The account; <see langword="null"/> when the person has none with that id.</param>
/// <param name="Recent">Its newest entries.</param>
/// <param name="Terms">What it earns and costs; <see langword="null"/> when its product has no terms yet.</param>
public sealed record AccountDetailsContent(string Id, Account? Account, ImmutableArray<HistoryLine> Recent, ShownTerms? Terms);
