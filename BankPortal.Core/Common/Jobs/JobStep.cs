namespace BankPortal.Core.Common.Jobs;

/// <summary>The result of one step of a job.</summary>
public sealed record JobStep
{
    private JobStep()
    {
    }

    /// <summary>Where the next step begins; <see langword="null"/> when the run is finished.</summary>
    public string? Cursor { get; private init; }

    /// <summary>How much of the run is done, in units of the job.</summary>
    public long Progress { get; private init; }

    /// <summary>How much there is to do in the same units; <see langword="null"/> when unknown.</summary>
    public long? Total { get; private init; }

    /// <summary>What the finished run did, in one short sentence without personal data.</summary>
    public string? Summary { get; private init; }

    /// <summary>Whether the run is finished.</summary>
    public bool IsDone => Cursor is null;

    /// <summary>The run goes on.</summary>
    /// <param name="cursor">Where the next step begins; not empty.</param>
    /// <param name="done">How much is done, in units of the job.</param>
    /// <param name="total">How much there is to do; <see langword="null"/> when unknown.</param>
    public static JobStep More(string cursor, long done = 0, long? total = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(cursor);
        return new JobStep { Cursor = cursor, Progress = done, Total = total };
    }

    /// <summary>The run is finished.</summary>
    /// <param name="summary">What it did, in one short sentence without personal data.</param>
    public static JobStep Done(string summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new JobStep { Summary = summary };
    }
}
