using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Jobs;

namespace BankPortal.Infrastructure.Dynamo.Jobs;

/// <summary>Stores the rows of the jobs in DynamoDB. Thread-safe.</summary>
public sealed class DynamoJobStore(DynamoDatabase database) : IJobStore
{
    private readonly string _table = database.TableName(JobTables.Jobs);

    /// <inheritdoc/>
    public async Task<JobState?> FindAsync(string name, CancellationToken ct = default)
    {
        var request = new GetItemRequest { TableName = _table, Key = KeyOf(name), ConsistentRead = true };
        var response = await database.Client.GetItemAsync(request, ct);
        return response.Item is { Count: > 0 } item ? FromItem(item) : null;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<JobState>> ReadAsync(IReadOnlyCollection<string> names, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
        {
            [_table] = new() { Keys = [.. names.Select(KeyOf)], ConsistentRead = true },
        };
        return [.. (await Batch.GetAsync(database.Client, request, ct))[_table].Select(FromItem)];
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(JobState state, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return await VersionedRow.TryPutAsync(database.Client, _table, ToItem(state), state.Version - 1, ct);
    }

    private static Dictionary<string, AttributeValue> KeyOf(string name) => new(StringComparer.Ordinal) { ["job"] = Attr.S(name) };

    private static Dictionary<string, AttributeValue> ToItem(JobState state) => new ItemWriter()
        .Set("job", state.Name)
        .Set("version", state.Version)
        .Set("holder", state.Holder)
        .Set("held_until", state.HeldUntil)
        .Set("fence", state.Fence)
        .Set("run_due", state.RunDue)
        .Set("started_at", state.StartedAt)
        .Set("cursor", state.Cursor)
        .Set("progress", state.Progress)
        .Set("total", state.Total)
        .Set("last_step_at", state.LastStepAt)
        .Set("last_success_due", state.LastSuccessDue)
        .Set("last_success_at", state.LastSuccessAt)
        .Set("last_summary", state.LastSummary)
        .Set("failures", state.Failures)
        .Set("last_error", state.LastError)
        .Set("last_error_at", state.LastErrorAt)
        .Set("retry_at", state.RetryAt)
        .Set("next_due", state.NextDue)
        .ToItem();

    private static JobState FromItem(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new JobState
        {
            Name = read.String("job"),
            Version = read.Long("version"),
            Holder = read.StringOrNull("holder"),
            HeldUntil = read.TimeOrNull("held_until"),
            Fence = read.Long("fence"),
            RunDue = read.TimeOrNull("run_due"),
            StartedAt = read.TimeOrNull("started_at"),
            Cursor = read.StringOrNull("cursor"),
            Progress = read.LongOrNull("progress") ?? 0,
            Total = read.LongOrNull("total"),
            LastStepAt = read.TimeOrNull("last_step_at"),
            LastSuccessDue = read.TimeOrNull("last_success_due"),
            LastSuccessAt = read.TimeOrNull("last_success_at"),
            LastSummary = read.StringOrNull("last_summary"),
            Failures = read.IntOrNull("failures") ?? 0,
            LastError = read.StringOrNull("last_error"),
            LastErrorAt = read.TimeOrNull("last_error_at"),
            RetryAt = read.TimeOrNull("retry_at"),
            NextDue = read.TimeOrNull("next_due"),
        };
    }
}
