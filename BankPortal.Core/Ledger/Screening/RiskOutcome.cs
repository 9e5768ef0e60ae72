namespace BankPortal.Core.Ledger.Screening;

/// <summary>What the assessment of a transfer leads to, from mild to severe. Stored by name: members may be added, never renamed.</summary>
public enum RiskOutcome
{
    /// <summary>The transfer is posted.</summary>
    Allow,

    /// <summary>The transfer is posted and shown to the fraud desk.</summary>
    Alert,

    /// <summary>The funds are reserved until an analyst decides.</summary>
    Hold,

    /// <summary>The transfer is refused.</summary>
    Block,
}
