using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Dynamo.Engine;

namespace BankPortal.Infrastructure.Ledger.Verification;

/// <summary>
/// Notes committed steps in a small file beside the embedded engine's file, and compares the two at every start. What is in the ledger
/// is consistent in itself even when the newest commits are gone (a lost write-ahead log, an older copy of the file); only somebody else
/// can tell. Other databases have their own backups, and keep no witness. Thread-safe.
/// </summary>
/// <remarks>
/// Notes are written in the background, so a commit never waits for them. A commit is not witnessed when the portal is killed within
/// some milliseconds of it, or the machine fails within <see cref="SyncEvery"/>. The file protects against accidents; whoever may change
/// the database file may change it too.
/// </remarks>
public sealed class LedgerWitness : IDatabaseCheck, IAsyncDisposable, IDisposable
{
    /// <summary>How often the notes are brought to the disk at most.</summary>
    public static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(200);

    private const string FileName = "witness.log";

    // The most keys in one BatchGetItem.
    private const int MaxKeys = 100;
    private const int MaxListed = 20;

    // Commits without an answer that are remembered; each is rare.
    private const int MaxUnanswered = 1000;

    // After a failure to write the notes.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly DynamoDatabase _database;
    private readonly TimeProvider _time;
    private readonly FailureLog _failures;
    private readonly ConcurrentDictionary<string, LedgerCommit> _unanswered = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<LedgerCommit> _commits =
        Channel.CreateUnbounded<LedgerCommit>(new UnboundedChannelOptions { SingleReader = true });

    private volatile Task? _writing;
    private int _disposed;

    /// <summary>A witness of the ledger in a database. Notes nothing before <see cref="RunAsync"/>.</summary>
    public LedgerWitness(DynamoDatabase database, IOptions<DynamoOptions> options, TimeProvider time, ILogger<LedgerWitness> logger)
    {
        _database = database;
        _time = time;
        _failures = new FailureLog(logger, time, "The witness of the ledger cannot be written; the ledger goes on");
        FilePath = options.Value is { Mode: DynamoMode.Embedded, InMemory: false, EffectiveDataFolder: { } folder }
            ? Path.Combine(folder, database.TablePrefix + FileName)
            : null;
    }

    /// <summary>The file; <see langword="null"/> where no witness is kept.</summary>
    public string? FilePath { get; }

    /// <summary>Compares the ledger with the file, and begins to note what is committed.</summary>
    /// <exception cref="DatabaseUnavailableException">Steps that were noted are not in the ledger; the message lists them.</exception>
    public async Task RunAsync(CancellationToken ct = default)
    {
        if (FilePath is null || _writing is not null)
        {
            return;
        }

        IReadOnlyList<WitnessedStep> steps;
        try
        {
            steps = WitnessFile.Read(FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException($"The witness of the ledger cannot be read: {DatabaseFault.OneLine(e)}", e);
        }

        var missing = await FindMissingAsync(steps, ct);
        if (missing.Count > 0)
        {
            throw new DatabaseUnavailableException(Describe(missing, steps));
        }

        _writing = Task.Run(() => WriteAsync(new WitnessFile(FilePath, steps)), CancellationToken.None);
    }

    /// <summary>Notes a commit that was acknowledged. Does not wait.</summary>
    internal void Note(LedgerCommit commit)
    {
        if (_writing is not null)
        {
            _commits.Writer.TryWrite(commit);
        }
    }

    /// <summary>Remembers a commit that got no answer, until its transfer is seen.</summary>
    internal void Unanswered(LedgerCommit commit)
    {
        if (_writing is null || _unanswered.Count >= MaxUnanswered)
        {
            return;
        }

        foreach (var change in commit.Transfers)
        {
            _unanswered[change.Transfer.Id] = commit;
        }
    }

    /// <summary>Notes a commit without an answer, now that its transfer was read: it had taken effect.</summary>
    internal void Seen(Transfer transfer)
    {
        if (!_unanswered.IsEmpty
            && _unanswered.TryRemove(transfer.Id, out var commit)
            && commit.Transfers.Any(change => change.Transfer.Id == transfer.Id && change.Transfer.Status == transfer.Status))
        {
            Note(commit);
        }
    }

    /// <summary>Writes what is left, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _commits.Writer.TryComplete();
        await _stopping.CancelAsync();
        if (_writing is { } writing)
        {
            await writing;
        }

        _stopping.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task WriteAsync(WitnessFile file)
    {
        using (file)
        {
            var number = file.LastNumber;
            var synced = _time.GetTimestamp();
            var isDirty = false;
            var hasFailed = false;
            while (await HasMoreAsync(isDirty ? Rest(synced) : null))
            {
                var steps = new List<WitnessedStep>();
                while (steps.Count < WitnessFile.Kept && _commits.Reader.TryRead(out var commit))
                {
                    steps.Add(WitnessedStep.Of(commit, ++number, _time.GetUtcNow()));
                }

                try
                {
                    if (steps.Count > 0 || hasFailed)
                    {
                        isDirty = true;
                        file.Add(steps);
                        hasFailed = false;
                    }

                    if (isDirty && Rest(synced) == TimeSpan.Zero)
                    {
                        file.Sync();
                        synced = _time.GetTimestamp();
                        isDirty = false;
                    }

                    _failures.Succeeded();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    hasFailed = true;
                    _failures.Failed(e);
                    await PauseAsync(RetryAfter);
                }
            }

            TrySync(file, isDirty);
        }
    }

    // The last words: what could not be written before is tried once more.
    private void TrySync(WitnessFile file, bool isDirty)
    {
        if (!isDirty)
        {
            return;
        }

        try
        {
            file.Add([]);
            file.Sync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failures.Failed(e);
        }
    }

    // Waits for a commit, or until it is time to bring what was written to the disk. False when nothing more will come.
    private async Task<bool> HasMoreAsync(TimeSpan? atMost)
    {
        if (atMost is not { } wait)
        {
            return await _commits.Reader.WaitToReadAsync();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        limit.CancelAfter(wait);
        try
        {
            return await _commits.Reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return !_stopping.IsCancellationRequested || await _commits.Reader.WaitToReadAsync();
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The portal is shutting down.
        }
    }

    // How long until what was written is brought to the disk.
    private TimeSpan Rest(long synced)
    {
        var rest = SyncEvery - _time.GetElapsedTime(synced);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    // Reads rows as they are stored: with a lost key ring nothing could be decrypted.
    private async Task<IReadOnlyList<string>> FindMissingAsync(IReadOnlyList<WitnessedStep> steps, CancellationToken ct)
    {
        var missing = new List<string>();
        var transfers = steps.SelectMany(step => step.Transfers.Select(transfer => (Step: step, Transfer: transfer)))
            .GroupBy(noted => noted.Transfer.Id, StringComparer.Ordinal)
            .Select(group => group.Last())
            .ToList();
        var transferRows = await ReadAsync(LedgerTables.Transfers, [.. transfers.Select(noted => noted.Transfer.Id)], ct);
        foreach (var (step, transfer) in transfers)
        {
            var status = transferRows.TryGetValue(transfer.Id, out var row) ? new ItemReader(row).StringOrNull("status") : null;
            if (status is null || (status == nameof(TransferStatus.Held) && transfer.Status != TransferStatus.Held))
            {
                missing.Add(Describe(step, transfer));
            }
        }

        var accounts = steps.SelectMany(step => step.Accounts)
            .GroupBy(account => account.Id, StringComparer.Ordinal)
            .Select(group => group.MaxBy(account => account.Version)!)
            .ToList();
        var accountRows = await ReadAsync(AccountTables.Accounts, [.. accounts.Select(account => account.Id)], ct);
        missing.AddRange(accounts
            .Select(account => WhyDifferent(account, accountRows.GetValueOrDefault(account.Id)))
            .OfType<string>());
        return missing;
    }

    private async Task<Dictionary<string, Dictionary<string, AttributeValue>>> ReadAsync(
        TableSpec table, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var key = table.PartitionKey.Name;
        var name = _database.TableName(table);
        var found = new Dictionary<string, Dictionary<string, AttributeValue>>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(MaxKeys))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [name] = new()
                {
                    Keys = [.. some.Select(id => new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [key] = Attr.S(id) })],
                    ConsistentRead = true,
                },
            };
            foreach (var row in (await Batch.GetAsync(_database.Client, request, ct))[name])
            {
                found[row[key].S] = row;
            }
        }

        return found;
    }

    private static string? WhyDifferent(WitnessedAccount noted, Dictionary<string, AttributeValue>? row)
    {
        if (row is null)
        {
            return $"account {noted.Id} is missing";
        }

        var read = new ItemReader(row);
        var (version, sequence) = (read.LongOrNull(AccountItems.Version) ?? 0, read.LongOrNull("seq") ?? 0);
        if (version < noted.Version)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"account {noted.Id} has {sequence} entries in version {version}; committed were {noted.Sequence} in version {noted.Version}");
        }

        var hash = Convert.ToHexStringLower(read.BytesOrNull("last_hash") ?? []);
        return sequence < noted.Sequence || (version == noted.Version && hash != noted.Hash)
            ? string.Create(CultureInfo.InvariantCulture, $"account {noted.Id} differs from what was committed in version {version}")
            : null;
    }

    private static string Describe(WitnessedStep step, WitnessedTransfer transfer)
    {
        var amount = new Money(transfer.Amount, Currency.Of(transfer.Currency));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{transfer.Kind} of {amount} ({transfer.Status}), transfer {transfer.Id}, committed {step.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
    }

    private string Describe(IReadOnlyList<string> missing, IReadOnlyList<WitnessedStep> steps)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"The database lacks what was committed before (the last: step {steps[^1].Number}, {steps[^1].At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC). Missing:");
        foreach (var line in missing.Take(MaxListed))
        {
            text.AppendLine().Append("  - ").Append(line);
        }

        if (missing.Count > MaxListed)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  ... and {missing.Count - MaxListed} more");
        }

        return text.AppendLine()
            .Append("Restore the newest backup: see docs/backup.md. To go on without what is missing, move ")
            .Append(FilePath)
            .Append(" away; it is the only list of it.")
            .ToString();
    }
}
