namespace BankPortal.Core.Ledger.History;

/// <summary>The place in the list is not one we gave out for this list: a shortened or changed address.</summary>
public sealed record InvalidCursorError()
    : Error("This address does not lead to a page of your history any more. Start again from the first page.");
