using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// Keeps the people related to somebody in one small row beside the person's own (<c>related#{id}</c>), one encrypted attribute for each.
/// Thread-safe.
/// </summary>
internal sealed class DynamoRelatedPersonStore(UserRows rows, IFieldProtector fields) : IRelatedPersonStore
{
    private const string Purpose = "user.related";
    private const string RowPrefix = "related#";
    private const string PersonPrefix = "p_";

    // Cannot occur in an id or a kind.
    private const char Separator = '\u001f';

    public async Task<IReadOnlyList<RelatedPerson>> FindAsync(string userId, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return await rows.GetAsync(RowPrefix + userId, ct) is { } item ? Read(item) : [];
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RelatedPerson>>> FindManyAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var items = await rows.GetManyAsync(userIds.Select(id => RowPrefix + id), projection: null, ct);
        return items
            .Select(item => (Id: new ItemReader(item).String("user_id")[RowPrefix.Length..], People: Read(item)))
            .Where(one => one.People.Count > 0)
            .ToDictionary(one => one.Id, one => one.People, StringComparer.Ordinal);
    }

    public Task PutAsync(string userId, RelatedPerson related, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(related);
        var text = fields.Protect(Purpose, string.Join(
            Separator,
            related.Kind.ToString(),
            related.DeclaredById,
            related.DeclaredAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        return WriteAsync(userId, related.UserId, "SET #person = :related", Attr.S(text), ct);
    }

    public Task RemoveAsync(string userId, string relatedId, CancellationToken ct = default) =>
        WriteAsync(userId, relatedId, "REMOVE #person", null, ct);

    private Task WriteAsync(string one, string other, string update, AttributeValue? value, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(one);
        ArgumentException.ThrowIfNullOrEmpty(other);
        return rows.TransactAsync([Half(one, other), Half(other, one)], ct);

        TransactWriteItem Half(string userId, string relatedId) => new()
        {
            Update = new Update
            {
                TableName = rows.Table,
                Key = UserRows.Key(RowPrefix + userId),
                UpdateExpression = update,
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#person"] = PersonPrefix + relatedId },
                ExpressionAttributeValues = value is null ? null : new(StringComparer.Ordinal) { [":related"] = value },
            },
        };
    }

    private IReadOnlyList<RelatedPerson> Read(Dictionary<string, AttributeValue> item) =>
    [
        .. item.Keys
            .Where(name => name.StartsWith(PersonPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name[PersonPrefix.Length..], new ItemReader(item).String(name))),
    ];

    private RelatedPerson Read(string relatedId, string stored)
    {
        var parts = fields.Unprotect(Purpose, stored).Split(Separator);
        return new RelatedPerson(
            relatedId,
            Enum.Parse<RelationKind>(parts[0]),
            parts[1],
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
    }
}
