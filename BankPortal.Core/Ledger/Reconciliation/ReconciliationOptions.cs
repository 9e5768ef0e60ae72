namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>How the books are gone over in the background.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Reconciliation";

    /// <summary>Whether this node takes part.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The pause between two steps.</summary>
    public TimeSpan StepEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many accounts a step looks at, at the most.</summary>
    public int AccountsPerStep { get; set; } = 25;

    /// <summary>
    /// How many entries of an account a step reads: of the newest, and as many of the older ones, so that a long history is gone
    /// over piece by piece in as many cycles as it has pieces.
    /// </summary>
    public int EntriesPerAccount { get; set; } = 25;

    /// <summary>The rest after all accounts have been looked at.</summary>
    public TimeSpan PauseAfterCycle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a node that falls silent keeps the others from going on in its place.</summary>
    public TimeSpan LeaseFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before a difference is looked at again; only what is still there counts.</summary>
    public TimeSpan LookAgainAfter { get; set; } = TimeSpan.FromSeconds(1);
}
