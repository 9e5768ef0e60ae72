namespace BankPortal.Core.Common.Jobs;

/// <summary>Settings of the background jobs.</summary>
public sealed class JobOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Jobs";

    /// <summary>Whether this node runs jobs.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a lease lasts that is not renewed; then another node continues. Renewed at a third of it.</summary>
    public TimeSpan LeaseFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The shortest pause between two looks at a job's row.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two looks at a job's row.</summary>
    public TimeSpan LookAtLeastEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a first failure. It doubles with each further one.</summary>
    public TimeSpan FirstRetryAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause after a failure.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromMinutes(30);
}
