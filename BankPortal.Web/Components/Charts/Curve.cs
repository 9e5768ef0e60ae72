namespace BankPortal.Web.Components.Charts;

/// <summary>How the points of a line are joined.</summary>
public enum Curve
{
    Straight,

    /// <summary>Rounded without overshooting the points.</summary>
    MonotoneCubic,

    /// <summary>In steps: right for balances, which change at a moment and not gradually.</summary>
    Stepline,
}
