namespace BankPortal.Infrastructure.Scheduling;

/// <summary>The tables of the Scheduling module.</summary>
public static class SchedulingTables
{
    /// <summary>The index of standing orders that are to be executed; only active ones have its key.</summary>
    public const string DueIndex = "DueIndex";

    /// <summary>
    /// Standing orders by customer (<c>order#{id}</c>) and what became of their payments (<c>run#{id}#{day}</c>, never changed).
    /// </summary>
    public static TableSpec StandingOrders { get; } = new("BankingStandingOrders", KeySpec.S("owner_id"), KeySpec.S("item_key"))
    {
        Indexes = [new IndexSpec(DueIndex, KeySpec.S("due_shard"), KeySpec.S("due_at"), Amazon.DynamoDBv2.ProjectionType.KEYS_ONLY)],
    };

    /// <summary>
    /// Requests for money under both people (<c>request#{id}</c>, expire), whom a person has blocked (<c>block#{asker}</c>), and how many
    /// requests a person has made (<c>made</c>).
    /// </summary>
    public static TableSpec PaymentRequests { get; } = new("BankingPaymentRequests", KeySpec.S("person_id"), KeySpec.S("item_key"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [StandingOrders, PaymentRequests];
}
