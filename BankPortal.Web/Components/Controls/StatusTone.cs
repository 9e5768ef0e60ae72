namespace BankPortal.Web.Components.Controls;

/// <summary>The tone of a status. The text carries the meaning; the colour only repeats it.</summary>
public enum StatusTone
{
    Neutral,
    Positive,
    Attention,
    Negative,
    Information,
}
