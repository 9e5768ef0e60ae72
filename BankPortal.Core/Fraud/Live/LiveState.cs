namespace BankPortal.Core.Fraud.Live;

/// <summary>How well the live monitor follows the ledger.</summary>
public enum LiveState
{
    /// <summary>The last hour is being read.</summary>
    Starting,

    /// <summary>What is shown is all there is.</summary>
    Live,

    /// <summary>The ledger has not been read for a while: something may be missing, and will come.</summary>
    Behind,
}
