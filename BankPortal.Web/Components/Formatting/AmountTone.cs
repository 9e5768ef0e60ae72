namespace BankPortal.Web.Components.Formatting;

/// <summary>How an amount is coloured. Colour only repeats what the sign says.</summary>
public enum AmountTone
{
    /// <summary>The colour of text.</summary>
    Plain,

    /// <summary>Money coming in is green; money going out stays in the colour of text.</summary>
    Movement,

    /// <summary>Below zero is red, for balances.</summary>
    Balance,

    /// <summary>Set back, for amounts of lesser weight.</summary>
    Muted,
}
