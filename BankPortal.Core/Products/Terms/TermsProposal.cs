namespace BankPortal.Core.Products.Terms;

/// <summary>Terms as somebody proposes them.</summary>
/// <param name="Product">The product.</param>
/// <param name="Terms">The terms.</param>
/// <param name="From">The first day on which they apply.</param>
/// <param name="IsCorrection">Whether they may begin in the past, so that interest already paid is corrected.</param>
/// <param name="Reason">Why; at most <see cref="StaffReason.MaxLength"/> characters.</param>
public sealed record TermsProposal(AccountType Product, ProductTerms Terms, DateOnly From, bool IsCorrection, string? Reason);
