namespace BankPortal.Core.Notifications;

/// <summary>The amounts, in major units, and counts from which messages are written.</summary>
public sealed class MessageRules
{
    /// <summary>From this amount on a movement is of high value.</summary>
    public decimal HighValue { get; set; } = AccountActivity.HighValue;

    /// <summary>So many movements of high value within 24 hours are suspicious.</summary>
    public int SuspiciousCount { get; set; } = 5;

    /// <summary>The owner is told when a balance falls below this amount.</summary>
    public decimal LowBalance { get; set; } = 100m;

    /// <summary>From this amount on incoming money is large.</summary>
    public decimal LargeIncoming { get; set; } = 5_000m;
}
