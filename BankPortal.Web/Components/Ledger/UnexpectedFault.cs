using BankPortal.Core.Common;

namespace BankPortal.Web.Components.Ledger;

/// <summary>A fault on our side. Whether anything was done is not known; the same form can be sent again safely.</summary>
/// <param name="Reference">Leads to the log.</param>
public sealed record UnexpectedFault(string Reference)
    : Error("Something went wrong on our side. You can try again: it will not be done twice.");
