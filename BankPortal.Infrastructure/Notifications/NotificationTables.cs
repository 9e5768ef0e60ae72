using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>The table of the module Notifications.</summary>
public static class NotificationTables
{
    /// <summary>The index of unread messages; only those have its key.</summary>
    public const string UnreadIndex = "UnreadIndex";

    /// <summary>The messages of each person by time (<c>{time}#{id}</c>), which expire, the person's row <c>preferences</c> and those of
    /// their addresses (<c>contact…</c>).</summary>
    public static TableSpec Messages { get; } = new("BankingNotifications", KeySpec.S("person_id"), KeySpec.S("message_key"))
    {
        Indexes = [new IndexSpec(UnreadIndex, KeySpec.S("unread_of"), KeySpec.S("message_key"), ProjectionType.KEYS_ONLY)],
        TtlAttribute = "expires_at",
    };

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Messages];
}
