using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Identity;

/// <summary>The tables of the Identity module.</summary>
public static class IdentityTables
{
    /// <summary>The index of users and of the members of a role. Never used for signing in.</summary>
    public const string KindIndex = "KindIndex";

    /// <summary>
    /// Users and the rows that make them unique and findable, all under the key <c>user_id</c>: <c>{id}</c> is the user;
    /// <c>email#{hash}</c>, <c>login#{hash}</c> (user name) and <c>external#{hash}</c> (linked sign-in) point to it;
    /// <c>member#{role}#{id}</c> lists the members of a role; <c>role#{name}</c> is a role; <c>phantom#{hash}</c> counts failed attempts
    /// on an unknown address (expires); <c>device#{id}#{device}</c> counts them on a known device (expires); <c>half-way#{mark}</c> records
    /// a used cookie between password and code (expires); <c>clock#seen</c> has the latest time that a node has seen;
    /// <c>related#{id}</c> names the people related to somebody; <c>confirm#{id}#{confirmation}</c> confirms a payment
    /// (expires); <c>setup#first-admin</c> records that the first administrator exists.
    /// </summary>
    public static TableSpec Users { get; } = new("BankingUsers", KeySpec.S("user_id"))
    {
        Indexes = [new IndexSpec(KindIndex, KeySpec.S("kind"), KeySpec.S("user_id"), ProjectionType.KEYS_ONLY)],
        TtlAttribute = "expires_at",
    };

    /// <summary>Sessions, by user and by the hash of the session secret.</summary>
    public static TableSpec Sessions { get; } = new("BankingSessions", KeySpec.S("user_id"), KeySpec.S("session_id"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>The Data Protection key ring (<c>key#{name}</c>) and the keys of look-up hashes (<c>lookup#{name}</c>).</summary>
    public static TableSpec Keys { get; } = new("BankingKeys", KeySpec.S("key_id"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Users, Sessions, Keys];
}
