namespace BankPortal.Core.Fraud.Simulation;

/// <summary>What a simulated movement is in truth. The rules never see it.</summary>
public enum Typology
{
    /// <summary>What honest customers do.</summary>
    Normal,

    /// <summary>A mule's account: money comes in and most of it leaves within the hour, to somebody new.</summary>
    PassThrough,

    /// <summary>Cash in amounts just under the reporting limit, or in parts that together are over it.</summary>
    Structuring,

    /// <summary>Somebody changes a customer's credentials and empties the account.</summary>
    AccountTakeover,

    /// <summary>Many customers pay one account within a day.</summary>
    FanIn,

    /// <summary>One account pays many others within a day.</summary>
    FanOut,

    /// <summary>A burst of small cash deposits within two days, moved on afterwards.</summary>
    Smurfing,
}
