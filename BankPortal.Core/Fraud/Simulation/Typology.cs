namespace BankPortal.Core.Fraud.Simulation;

/// <summary>The true label of a simulated movement. The rules never see it.</summary>
public enum Typology
{
    /// <summary>An honest movement.</summary>
    Normal,

    /// <summary>A mule account: money comes in and most of it leaves within the hour, to a new payee.</summary>
    PassThrough,

    /// <summary>Cash in amounts just below the reporting threshold, or split into parts that together exceed it.</summary>
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
