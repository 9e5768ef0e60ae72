using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Identity;

/// <summary>The tables of the room Identity.</summary>
public static class IdentityTables
{
    /// <summary>Lists the users, and the members of a role. Never used for signing in.</summary>
    public const string KindIndex = "KindIndex";

    /// <summary>
    /// Users, and the rows that keep them unique and findable, all under <c>user_id</c>:
    /// <c>{id}</c> the user, <c>email#{hash}</c>, <c>login#{hash}</c> (user name) and <c>external#{hash}</c> (linked sign-in) pointing to
    /// it, <c>member#{role}#{id}</c> for listing a role, <c>role#{name}</c> a role's own row, <c>phantom#{hash}</c> the failed attempts on an
    /// address nobody has (expiring), <c>setup#first-admin</c> the mark that the first administrator was made.
    /// </summary>
    public static TableSpec Users { get; } = new("BankingUsers", KeySpec.S("user_id"))
    {
        Indexes = [new IndexSpec(KindIndex, KeySpec.S("kind"), KeySpec.S("user_id"), ProjectionType.KEYS_ONLY)],
        TtlAttribute = "expires_at",
    };

    /// <summary>Sessions, by user and by the hash of the session's secret id.</summary>
    public static TableSpec Sessions { get; } = new("BankingSessions", KeySpec.S("user_id"), KeySpec.S("session_id"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>The Data Protection key ring (<c>key#{name}</c>) and the key of look-up hashes (<c>lookup#{name}</c>).</summary>
    public static TableSpec Keys { get; } = new("BankingKeys", KeySpec.S("key_id"));

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Users, Sessions, Keys];
}
