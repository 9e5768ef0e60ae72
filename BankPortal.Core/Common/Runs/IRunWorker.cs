namespace BankPortal.Core.Common.Runs;

/// <summary>
/// Does the runs of one kind, step by step. Between steps everything is in the run, so another node can make the next one; a step may be
/// made twice. Implementations keep no state and are thread-safe.
/// </summary>
public interface IRunWorker
{
    /// <summary>The kind of run it does.</summary>
    string Kind { get; }

    /// <summary>Makes one step of some seconds at most.</summary>
    /// <returns>The step; or a refusal that ends the run with its sentence.</returns>
    Task<Result<RunStep>> StepAsync(BackgroundRun run, CancellationToken ct);

    /// <summary>Called after a run has ended as done; may be called again after a crash.</summary>
    Task FinishedAsync(BackgroundRun run, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What a step of a run came to.</summary>
/// <param name="Cursor">Where the next step begins; <see langword="null"/> when the run is done.</param>
/// <param name="Content">What there is now: an interim result, or the result.</param>
/// <param name="Progress">How much is done.</param>
/// <param name="Total">How much there is to do.</param>
public sealed record RunStep(string? Cursor, ReadOnlyMemory<byte> Content, long Progress, long? Total);
