namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>Settings of the reconciliation in the background.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Reconciliation";

    /// <summary>Whether this node takes part.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The pause between two steps.</summary>
    public TimeSpan StepEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most accounts that a step checks.</summary>
    public int AccountsPerStep { get; set; } = 25;

    /// <summary>
    /// The most entries of an account that a step reads: of the newest, and as many of the older ones. A long history is
    /// therefore checked in parts, one in each cycle.
    /// </summary>
    public int EntriesPerAccount { get; set; } = 25;

    /// <summary>The pause after all accounts have been checked.</summary>
    public TimeSpan PauseAfterCycle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Has no effect any more: <c>Jobs:LeaseFor</c> says how long a silent node keeps the lease. Kept for configurations that have it.
    /// </summary>
    public TimeSpan LeaseFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before a difference is checked again. Only one that still exists counts.</summary>
    public TimeSpan LookAgainAfter { get; set; } = TimeSpan.FromSeconds(1);
}
