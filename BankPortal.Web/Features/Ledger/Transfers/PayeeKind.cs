namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>To whom a transfer goes.</summary>
public enum PayeeKind
{
    /// <summary>Somebody the customer has paid before.</summary>
    Known,

    /// <summary>Somebody by account number and name.</summary>
    New,

    /// <summary>Another account of the customer.</summary>
    Own,
}
