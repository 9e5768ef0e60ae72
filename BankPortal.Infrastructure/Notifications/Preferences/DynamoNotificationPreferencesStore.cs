using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;

namespace BankPortal.Infrastructure.Notifications.Preferences;

/// <summary>Stores preferences as the row <c>preferences</c> among a person's messages. Thread-safe.</summary>
public sealed class DynamoNotificationPreferencesStore(DynamoDatabase database) : INotificationPreferencesStore
{
    private const string RowKey = "preferences";

    // The most keys in one BatchGetItem.
    private const int MaxKeys = 100;

    // Separates a kind from its channels.
    private const char OfKind = ':';

    private readonly string _table = database.TableName(NotificationTables.Messages);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, NotificationPreferences>> FindManyAsync(
        IReadOnlyCollection<string> personIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(personIds);
        var found = new Dictionary<string, NotificationPreferences>(StringComparer.Ordinal);
        foreach (var some in personIds.Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Chunk(MaxKeys))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [_table] = new() { Keys = [.. some.Select(KeyOf)], ConsistentRead = true },
            };
            foreach (var item in (await Batch.GetAsync(database.Client, request, ct))[_table])
            {
                found[item["person_id"].S] = FromItem(item);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<bool> TrySaveAsync(
        string personId, NotificationPreferences preferences, long expectedVersion, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(personId);
        ArgumentNullException.ThrowIfNull(preferences);
        var item = new ItemWriter()
            .Set("person_id", personId)
            .Set("message_key", RowKey)
            .SetStrings("silent", preferences.Silent.Select(kind => kind.ToString()))
            .SetStrings("channels", preferences.Chosen.Select(one => $"{one.Key}{OfKind}{string.Join(',', one.Value.Order())}"))
            .Set("quiet_from", TextOf(preferences.QuietFrom))
            .Set("quiet_to", TextOf(preferences.QuietTo))
            .Set("digest_at", TextOf(preferences.DigestAt))
            .Set("zone", preferences.TimeZoneId)
            .Set("version", preferences.Version)
            .ToItem();
        return await VersionedRow.TryPutAsync(database.Client, _table, item, expectedVersion, ct);
    }

    private static Dictionary<string, AttributeValue> KeyOf(string personId) =>
        new(StringComparer.Ordinal) { ["person_id"] = Attr.S(personId), ["message_key"] = Attr.S(RowKey) };

    private static string? TextOf(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static TimeOnly? TimeOf(string? text) =>
        text is null ? null : TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    // A kind or channel of a later version is left out.
    private static NotificationPreferences FromItem(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new NotificationPreferences
        {
            Silent = [.. Known<AlertKind>(row.Strings("silent"))],
            Chosen = row.Strings("channels")
                .Select(text => text.Split(OfKind, 2))
                .SelectMany(parts => Known<AlertKind>(parts[..1]).Select(kind => (kind, channels: parts[1])))
                .ToImmutableDictionary(
                    one => one.kind,
                    one => Known<DeliveryChannel>(one.channels.Split(',')).ToImmutableHashSet()),
            QuietFrom = TimeOf(row.StringOrNull("quiet_from")),
            QuietTo = TimeOf(row.StringOrNull("quiet_to")),
            DigestAt = TimeOf(row.StringOrNull("digest_at")),
            TimeZoneId = row.StringOrNull("zone"),
            Version = row.Long("version"),
        };
    }

    private static IEnumerable<T> Known<T>(IEnumerable<string> names)
        where T : struct, Enum =>
        names.Select(name => (Is: Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value), Value: value))
            .Where(one => one.Is)
            .Select(one => one.Value);
}
