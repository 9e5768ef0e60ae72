using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Notes;

namespace BankPortal.Infrastructure.Ledger.Notes;

/// <summary>
/// Stores customers' notes on transactions and their saved filters in DynamoDB: each an encrypted document with a version, under the
/// customer. Thread-safe.
/// </summary>
public sealed class DynamoNoteStore(DynamoDatabase database, IFieldProtector protector) : ITransactionNoteStore, ISavedFilterStore
{
    private const string NotePurpose = "ledger.note";
    private const string FilterPurpose = "ledger.filters";
    private const string NotePrefix = "note#";
    private const string FilterKey = "filters";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly string _table = database.TableName(LedgerTables.CustomerNotes);

    /// <inheritdoc/>
    public async Task<TransactionNote> ReadNoteAsync(string userId, string transferId, CancellationToken ct = default) =>
        await ReadAsync<TransactionNote>(userId, NotePrefix + transferId, NotePurpose, ct) is { } found
            ? found.Value with { Version = found.Version }
            : new TransactionNote();

    /// <inheritdoc/>
    public Task<bool> TryWriteNoteAsync(string userId, string transferId, TransactionNote note, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(note);
        return TryWriteAsync(userId, NotePrefix + transferId, NotePurpose, note.Version, note, ct);
    }

    /// <inheritdoc/>
    public async Task<SavedFilters> ReadFiltersAsync(string userId, CancellationToken ct = default) =>
        await ReadAsync<SavedFilters>(userId, FilterKey, FilterPurpose, ct) is { } found
            ? found.Value with { Version = found.Version }
            : new SavedFilters();

    /// <inheritdoc/>
    public Task<bool> TryWriteFiltersAsync(string userId, SavedFilters filters, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return TryWriteAsync(userId, FilterKey, FilterPurpose, filters.Version, filters, ct);
    }

    private static Dictionary<string, AttributeValue> Key(string userId, string key) =>
        new(StringComparer.Ordinal) { ["user_id"] = Attr.S(userId), ["note_key"] = Attr.S(key) };

    private async Task<(T Value, long Version)?> ReadAsync<T>(string userId, string key, string purpose, CancellationToken ct)
        where T : class
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(userId, key), ConsistentRead = true }, ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return null;
        }

        var read = new ItemReader(item);
        var value = JsonSerializer.Deserialize<T>(protector.Unprotect(purpose, read.String("body")), Json)
            ?? throw new InvalidDataException("A stored note is empty.");
        return (value, read.Long("version"));
    }

    private async Task<bool> TryWriteAsync<T>(string userId, string key, string purpose, long version, T value, CancellationToken ct)
    {
        var item = new ItemWriter()
            .Set("user_id", userId)
            .Set("note_key", key)
            .Set("version", version + 1)
            .Set("body", protector.Protect(purpose, JsonSerializer.Serialize(value, Json)))
            .ToItem();
        return await VersionedRow.TryPutAsync(database.Client, _table, item, version, ct);
    }
}
