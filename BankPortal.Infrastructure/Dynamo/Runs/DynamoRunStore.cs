using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Runs;

namespace BankPortal.Infrastructure.Dynamo.Runs;

/// <summary>
/// Stores runs in DynamoDB: a write is one transaction of the run's row, its line in the owner's list and its place among the open ones.
/// The content is encrypted; a long one is in rows of its own, written before. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts the content.</param>
/// <param name="maxContent">The most bytes of content in one row.</param>
public sealed class DynamoRunStore(DynamoDatabase database, IFieldProtector protector, int maxContent = 300_000) : IRunStore
{
    private const string Part = "part";
    private const string Key = "run_key";
    private const string Row = "run";
    private const string Open = "open";
    private const string Purpose = "run.content";

    private readonly string _table = database.TableName(RunTables.Runs);

    /// <inheritdoc/>
    public async Task<BackgroundRun?> FindAsync(string id, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = KeyOf(PartOf(id), Row), ConsistentRead = true }, ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return null;
        }

        var read = new ItemReader(item);
        var text = read.StringOrNull("content") ?? "";
        var pieces = read.IntOrNull("pieces") ?? 0;
        if (pieces > 0)
        {
            var keys = Enumerable.Range(0, pieces).Select(number => KeyOf(PartOf(id), PieceOf(read.Long("version"), number))).ToList();
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [_table] = new() { Keys = keys, ConsistentRead = true },
            };
            var found = (await Batch.GetAsync(database.Client, request, ct))[_table];
            if (found.Count < pieces)
            {
                // Written again between the two reads.
                return await FindAsync(id, ct);
            }

            text = string.Concat(found.OrderBy(piece => piece[Key].S, StringComparer.Ordinal).Select(piece => piece["content"].S));
        }

        return ToRun(read) with
        {
            Content = text.Length == 0 ? default : Convert.FromBase64String(protector.Unprotect(Purpose, text)),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BackgroundRun>> ListAsync(string ownerId, int limit, CancellationToken ct = default) =>
        [.. (await QueryAsync(OwnerPart(ownerId), limit, ct)).Select(item => ToRun(new ItemReader(item)))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListOpenAsync(int limit, CancellationToken ct = default) =>
    [
        .. (await QueryAsync(Open, 100, ct))
            .OrderBy(item => item["stepped"].S, StringComparer.Ordinal)
            .Take(limit)
            .Select(item => item[Key].S),
    ];

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(BackgroundRun run, CancellationToken ct = default) => WriteAsync(run, isNew: true, ct);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(BackgroundRun run, CancellationToken ct = default) => WriteAsync(run, isNew: false, ct);

    private static string PartOf(string id) => "run#" + id;

    private static string OwnerPart(string ownerId) => "owner#" + ownerId;

    private static string PieceOf(long version, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"content#{version:0000000000}#{number:0000}");

    private static Dictionary<string, AttributeValue> KeyOf(string part, string key) =>
        new(StringComparer.Ordinal) { [Part] = Attr.S(part), [Key] = Attr.S(key) };

    private static ItemWriter ToItem(BackgroundRun run, string part, string key) => new ItemWriter()
        .Set(Part, part)
        .Set(Key, key)
        .Set("id", run.Id)
        .Set("kind", run.Kind)
        .Set("owner", run.OwnerId)
        .Set("title", run.Title)
        .Set("definition", run.Definition)
        .Set("state", run.State)
        .Set("created_at", (DateTimeOffset?)run.CreatedAt)
        .Set("last_step_at", run.LastStepAt)
        .Set("ended_at", run.EndedAt)
        .Set("cursor", run.Cursor)
        .Set("progress", (long?)run.Progress)
        .Set("total", run.Total)
        .Set("failure", run.Failure)
        .Set("failures", (long?)run.Failures)
        .Set("version", (long?)run.Version)
        .SetTtl("expires_at", run.CreatedAt + IRunStore.KeptFor);

    private static BackgroundRun ToRun(ItemReader read) => new()
    {
        Id = read.String("id"),
        Kind = read.String("kind"),
        OwnerId = read.String("owner"),
        Title = read.String("title"),
        Definition = read.String("definition"),
        State = read.Enum<RunState>("state"),
        CreatedAt = read.Time("created_at"),
        LastStepAt = read.TimeOrNull("last_step_at"),
        EndedAt = read.TimeOrNull("ended_at"),
        Cursor = read.StringOrNull("cursor"),
        Progress = read.Long("progress"),
        Total = read.LongOrNull("total"),
        Failure = read.StringOrNull("failure"),
        Failures = read.Int("failures"),
        Version = read.Long("version"),
    };

    private async Task<bool> WriteAsync(BackgroundRun run, bool isNew, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        var part = PartOf(run.Id);
        var text = run.Content.Length == 0 ? "" : protector.Protect(Purpose, Convert.ToBase64String(run.Content.Span));
        var pieces = text.Length <= maxContent ? [] : text.Chunk(maxContent).Select(piece => new string(piece)).ToList();
        var row = ToItem(run, part, Row);
        if (pieces.Count > 0)
        {
            await Batch.PutAsync(
                database.Client,
                _table,
                pieces.Select((piece, number) => new ItemWriter()
                    .Set(Part, part)
                    .Set(Key, PieceOf(run.Version, number))
                    .Set("content", piece)
                    .SetTtl("expires_at", run.CreatedAt + IRunStore.KeptFor)
                    .ToItem()),
                ct);
            row.Set("pieces", (long?)pieces.Count);
        }
        else if (text.Length > 0)
        {
            row.Set("content", text);
        }

        var put = new Put { TableName = _table, Item = row.ToItem() };
        if (isNew)
        {
            put.ConditionExpression = "attribute_not_exists(#part)";
            put.ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part };
        }
        else
        {
            put.ConditionExpression = "version = :read";
            put.ExpressionAttributeValues = new(StringComparer.Ordinal) { [":read"] = Attr.N(run.Version - 1) };
        }

        var open = KeyOf(Open, run.Id);
        var items = new List<TransactWriteItem>
        {
            new() { Put = put },
            new()
            {
                Put = new Put
                {
                    TableName = _table,
                    Item = ToItem(run, OwnerPart(run.OwnerId), Attr.FormatTime(run.CreatedAt) + "#" + run.Id).ToItem(),
                },
            },
            run.IsOpen
                ? new()
                {
                    Put = new Put
                    {
                        TableName = _table,
                        Item = new ItemWriter()
                            .Set(Part, Open)
                            .Set(Key, run.Id)
                            .Set("stepped", (DateTimeOffset?)(run.LastStepAt ?? run.CreatedAt))
                            .SetTtl("expires_at", run.CreatedAt + IRunStore.KeptFor)
                            .ToItem(),
                    },
                }
                : new() { Delete = new Delete { TableName = _table, Key = open } },
        };
        try
        {
            await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = items }, ct);
        }
        catch (TransactionCanceledException exception) when (
            exception.CancellationReasons?.Exists(reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            return false;
        }

        await DropPiecesAsync(run, ct);
        return true;
    }

    // Pieces of the version before are of no use any more; those that a crash leaves behind expire.
    private async Task DropPiecesAsync(BackgroundRun run, CancellationToken ct)
    {
        if (run.Version < 2 || run.Content.Length * 2L < maxContent)
        {
            return;
        }

        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Part} = :part AND {Key} BETWEEN :from AND :to",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":part"] = Attr.S(PartOf(run.Id)),
                [":from"] = Attr.S("content#"),
                [":to"] = Attr.S(PieceOf(run.Version - 1, 9_999)),
            },
            ProjectionExpression = $"{Part}, {Key}",
        };
        var found = await database.Client.QueryAsync(request, ct);
        await Batch.DeleteAsync(database.Client, _table, found.Items ?? [], ct);
    }

    private async Task<List<Dictionary<string, AttributeValue>>> QueryAsync(string part, int limit, CancellationToken ct)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "#part = :part",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(part) },
            ScanIndexForward = false,
            Limit = limit,
            ConsistentRead = true,
        };
        return (await database.Client.QueryAsync(request, ct)).Items ?? [];
    }
}
