namespace BankPortal.Infrastructure.Dynamo.Approvals;

/// <summary>The table of approvals.</summary>
public static class ApprovalTables
{
    /// <summary>The index of what is pending; only that has its key.</summary>
    public const string PendingIndex = "PendingIndex";

    /// <summary>Approvals by their subject.</summary>
    public static TableSpec Approvals { get; } = new("BankingApprovals", KeySpec.S("subject"), KeySpec.S("approval_id"))
    {
        Indexes = [new IndexSpec(PendingIndex, KeySpec.S("pending_kind"), KeySpec.S("requested_at"))],
    };

    /// <summary>All tables.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Approvals];
}
