namespace BankPortal.Core.Ledger.Posting;

/// <summary>Which way money moved, seen from the account.</summary>
public enum EntryDirection
{
    /// <summary>Into the account: a credit.</summary>
    In,

    /// <summary>Out of the account: a debit.</summary>
    Out,
}
