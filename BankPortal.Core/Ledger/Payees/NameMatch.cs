namespace BankPortal.Core.Ledger.Payees;

/// <summary>How well the name a payer gives fits the name an account is held under (confirmation of payee).</summary>
public enum NameMatch
{
    /// <summary>The names agree.</summary>
    Match,

    /// <summary>The names are similar: perhaps a typing error, or a short form.</summary>
    CloseMatch,

    /// <summary>The names do not agree.</summary>
    NoMatch,
}
