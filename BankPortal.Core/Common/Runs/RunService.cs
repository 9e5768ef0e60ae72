namespace BankPortal.Core.Common.Runs;

/// <summary>Starts, lists and cancels runs. The caller authorises what may be asked for. Thread-safe.</summary>
public sealed class RunService(IRunStore store, RunSignal signal, TimeProvider time)
{
    /// <summary>How many runs a person may have that have not ended.</summary>
    public const int MostOpen = 5;

    /// <summary>How many runs are listed.</summary>
    public const int MostListed = 50;

    /// <summary>Asks for a run.</summary>
    /// <param name="id">Its id; asking with the same id again gives the same run.</param>
    /// <param name="kind">The worker.</param>
    /// <param name="ownerId">The person.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="definition">What is to be done.</param>
    /// <param name="ct">Cancels the write.</param>
    /// <returns>The run; or <see cref="TooManyRunsError"/>.</returns>
    public Task<Result<BackgroundRun>> StartAsync(
        string id, string kind, string ownerId, string title, string definition, CancellationToken ct = default) =>
        StartAsync(id, kind, ownerId, title, definition, isLimited: true, ct);

    /// <summary>As the other one; jobs of the bank are not limited by what a person has asked for.</summary>
    public async Task<Result<BackgroundRun>> StartAsync(
        string id, string kind, string ownerId, string title, string definition, bool isLimited, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is { } known)
        {
            return known;
        }

        if (isLimited && (await store.ListAsync(ownerId, MostListed, ct)).Count(run => run.IsOpen) >= MostOpen)
        {
            return new TooManyRunsError();
        }

        var added = new BackgroundRun
        {
            Id = id,
            Kind = kind,
            OwnerId = ownerId,
            Title = title,
            Definition = definition,
            CreatedAt = time.GetUtcNow(),
            Version = 1,
        };
        if (!await store.TryAddAsync(added, ct))
        {
            return await store.FindAsync(id, ct) ?? throw new InvalidOperationException($"Run {id} is neither there nor can be added.");
        }

        signal.Ask();
        return added;
    }

    /// <summary>Reads a run; <see langword="null"/> when there is none. The caller authorises.</summary>
    public Task<BackgroundRun?> FindAsync(string id, CancellationToken ct = default) =>
        DerivedId.IsWellFormed(id) ? store.FindAsync(id, ct) : Task.FromResult<BackgroundRun?>(null);

    /// <summary>Reads a person's runs, newest first, without content.</summary>
    public Task<IReadOnlyList<BackgroundRun>> ListAsync(string ownerId, CancellationToken ct = default) =>
        store.ListAsync(ownerId, MostListed, ct);

    /// <summary>Cancels a run of the person. What it has stays; one that has ended stays as it is.</summary>
    public async Task<Result> CancelAsync(string ownerId, string id, CancellationToken ct = default)
    {
        // A step may be written in between, so it is tried again.
        while (true)
        {
            if (await FindAsync(id, ct) is not { } run || run.OwnerId != ownerId)
            {
                return new NotFoundError("report");
            }

            if (!run.IsOpen)
            {
                return Result.Success;
            }

            var cancelled = run with { Version = run.Version + 1, State = RunState.Cancelled, EndedAt = time.GetUtcNow() };
            if (await store.TryWriteAsync(cancelled, ct))
            {
                return Result.Success;
            }
        }
    }
}

/// <summary>The person has too many runs that have not ended.</summary>
public sealed record TooManyRunsError()
    : Error("Five of your reports are being made already. Wait for one of them, or cancel one.");
