namespace BankPortal.Web.Components.Formatting;

/// <summary>When an amount shows a sign.</summary>
public enum AmountSign
{
    /// <summary>Only a minus, for balances.</summary>
    Negative,

    /// <summary>Plus and minus, for movements. Zero has no sign.</summary>
    Always,

    /// <summary>None, where the text around it gives the direction.</summary>
    Never,
}
