namespace BankPortal.Core.Ledger.Import;

/// <summary>A customer to import.</summary>
/// <param name="CustomerId">The id in the other books.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The e-mail address, if given.</param>
/// <param name="Line">The line that names the customer first.</param>
public sealed record ImportCustomer(string CustomerId, string Name, string? Email, int Line);
