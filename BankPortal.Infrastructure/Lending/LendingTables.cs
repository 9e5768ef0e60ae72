namespace BankPortal.Infrastructure.Lending;

/// <summary>The tables of the Lending module.</summary>
public static class LendingTables
{
    /// <summary>The index of loans that have to be looked at; only these have its key.</summary>
    public const string DueIndex = "DueIndex";

    /// <summary>The index of loans by state.</summary>
    public const string BookIndex = "BookIndex";

    /// <summary>
    /// Loans (<c>loan#{id}</c>: the row <c>loan</c>, and its events under <c>event#{number}</c>, never changed) and the list of each
    /// customer's loans (<c>owner#{id}</c>).
    /// </summary>
    public static TableSpec Loans { get; } = new("BankingLoans", KeySpec.S("part"), KeySpec.S("item_key"))
    {
        Indexes =
        [
            new IndexSpec(DueIndex, KeySpec.S("due_shard"), KeySpec.S("due_at"), Amazon.DynamoDBv2.ProjectionType.KEYS_ONLY),
            new IndexSpec(BookIndex, KeySpec.S("book_part"), KeySpec.S("loan_id")),
        ],
    };

    /// <summary>The kinds of loans (partition <c>products</c>).</summary>
    public static TableSpec Products { get; } = new("BankingLoanProducts", KeySpec.S("part"), KeySpec.S("code"));

    /// <summary>The loan book at the end of each day: partition by year, one row for each day.</summary>
    public static TableSpec BookDays { get; } = new("BankingLoanBookDays", KeySpec.S("part"), KeySpec.S("item_key"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Loans, Products, BookDays];
}
