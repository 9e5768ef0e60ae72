namespace BankPortal.Web.Components.Controls;

/// <summary>The weight of a status. The words carry the meaning; the colour only repeats it.</summary>
public enum StatusTone
{
    Neutral,
    Positive,
    Attention,
    Negative,
    Information,
}
