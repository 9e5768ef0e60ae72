namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// The bank's internal (general-ledger) accounts: the other side of money that enters or leaves the bank. They have no
/// balance row that everybody would contend for: their entries are spread over shards, and their balance is a sum.
/// </summary>
public static class GeneralLedger
{
    /// <summary>Over how many partitions the entries of one internal account are spread.</summary>
    public const int Shards = 16;

    private const string Prefix = "gl-";

    /// <summary>Cash and cheques handed over the counter.</summary>
    public static string Cash(Currency currency) => Prefix + "cash-" + currency.Code;

    /// <summary>Clearing with other banks and with card schemes.</summary>
    public static string Clearing(Currency currency) => Prefix + "clearing-" + currency.Code;

    /// <summary>Balances imported from another ledger.</summary>
    public static string Opening(Currency currency) => Prefix + "opening-" + currency.Code;

    /// <summary>Interest paid by, and fees paid to, the bank.</summary>
    public static string Income(Currency currency) => Prefix + "income-" + currency.Code;

    /// <summary>The principal of loans that customers owe.</summary>
    public static string Loans(Currency currency) => Prefix + "loans-" + currency.Code;

    /// <summary>Interest of loans.</summary>
    public static string LoanInterest(Currency currency) => Prefix + "loan-interest-" + currency.Code;

    /// <summary>Fees of loans.</summary>
    public static string LoanFees(Currency currency) => Prefix + "loan-fees-" + currency.Code;

    /// <summary>Payments of loans that were written off.</summary>
    public static string LoanRecoveries(Currency currency) => Prefix + "loan-recoveries-" + currency.Code;

    /// <summary>Differences that are not explained yet.</summary>
    public static string Suspense(Currency currency) => Prefix + "suspense-" + currency.Code;

    /// <summary>The internal account that stands opposite a customer's account for this kind of movement.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is between two accounts that the caller must name.</exception>
    public static string Opposite(TransferKind kind, Currency currency) => kind switch
    {
        TransferKind.Deposit or TransferKind.Withdrawal => Cash(currency),
        TransferKind.Purchase or TransferKind.Payment or TransferKind.Salary => Clearing(currency),
        TransferKind.Opening => Opening(currency),
        TransferKind.Adjustment => Suspense(currency),
        TransferKind.Interest or TransferKind.Fee => Income(currency),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Both accounts must be named."),
    };

    /// <summary>Whether the account is one of the bank's own.</summary>
    public static bool IsInternal(string accountId) => accountId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The customer accounts among the two sides of a transfer; the bank's own accounts have no row.</summary>
    public static IReadOnlyCollection<string> CustomerAccountsOf(string debitAccountId, string creditAccountId) =>
        (IsInternal(debitAccountId), IsInternal(creditAccountId)) switch
        {
            (false, false) => [debitAccountId, creditAccountId],
            (false, true) => [debitAccountId],
            (true, false) => [creditAccountId],
            (true, true) => [],
        };

    /// <summary>
    /// The partition that holds the internal account's entry of a transfer: the account's id and a shard, such as
    /// <c>gl-cash-USD#07</c>.
    /// </summary>
    public static string ShardOf(string accountId, string transferId)
    {
        var sum = 0;
        foreach (var c in transferId)
        {
            sum = ((sum * 31) + c) & 0xFFFF;
        }

        return Shard(accountId, sum % Shards);
    }

    /// <summary>Where the entry of a transfer stands: the shard of an internal account, or the customer's account itself.</summary>
    public static string PartitionOf(string accountId, string transferId) =>
        IsInternal(accountId) ? ShardOf(accountId, transferId) : accountId;

    /// <summary>All partitions of an internal account.</summary>
    public static IEnumerable<string> ShardsOf(string accountId) => Enumerable.Range(0, Shards).Select(shard => Shard(accountId, shard));

    private static string Shard(string accountId, int shard) => string.Create(CultureInfo.InvariantCulture, $"{accountId}#{shard:00}");
}
