namespace BankPortal.Tests.Ledger.Import;

/// <summary>Files in the portal's own layout.</summary>
internal static class PortalCsv
{
    public const string Header =
        "customer_id,customer_name,customer_email,account_id,account_type,transaction_id,occurred_at,kind,amount,currency,description,counterparty,balance_after";

    /// <summary>A row with everything right; a column can be given another value.</summary>
    public static string Row(params (string Column, string Value)[] changes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["customer_id"] = "C1",
            ["customer_name"] = "Ann Example",
            ["customer_email"] = "",
            ["account_id"] = "A1",
            ["account_type"] = "checking",
            ["transaction_id"] = "T1",
            ["occurred_at"] = "2026-01-31T12:00:00Z",
            ["kind"] = "deposit",
            ["amount"] = "12.50",
            ["currency"] = "USD",
            ["description"] = "Cash",
            ["counterparty"] = "Counter",
            ["balance_after"] = "",
        };
        foreach (var (column, value) in changes)
        {
            Assert.True(values.ContainsKey(column), column);
            values[column] = value;
        }

        return string.Join(',', Header.Split(',').Select(column => values[column]));
    }

    public static string File(params string[] rows) => string.Join('\n', [Header, .. rows]) + "\n";
}
