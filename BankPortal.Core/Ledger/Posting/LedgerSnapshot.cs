namespace BankPortal.Core.Ledger.Posting;

/// <summary>What the rules decide on, read in one round trip, each row strongly consistent.</summary>
/// <param name="Transfer">The transfer's row, if it exists.</param>
/// <param name="Accounts">The customer accounts that exist, by id.</param>
public sealed record LedgerSnapshot(Transfer? Transfer, ImmutableDictionary<string, Account> Accounts);

/// <summary>What the rules decide on for several transfers, read in one round trip, each row strongly consistent.</summary>
/// <param name="Transfers">The transfers' rows that exist, by id.</param>
/// <param name="Accounts">The customer accounts that exist, by id.</param>
public sealed record GroupSnapshot(ImmutableDictionary<string, Transfer> Transfers, ImmutableDictionary<string, Account> Accounts);
