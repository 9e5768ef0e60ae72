namespace BankPortal.Core.Fraud.Live;

/// <summary>The key figures of the live monitor.</summary>
public sealed record LiveFigures
{
    /// <summary>Transfers ordered in the last 60 seconds.</summary>
    public required int PerMinute { get; init; }

    /// <summary>The sum of those in the bank's main currency.</summary>
    public required Money VolumePerMinute { get; init; }

    /// <summary>Transfers in other currencies in the last 60 seconds; not in the sum.</summary>
    public required int InOtherCurrencies { get; init; }

    /// <summary>Transfers in the last hour, or since <see cref="LiveFrame.CoveredSince"/>.</summary>
    public required int InHour { get; init; }

    /// <summary>How many of them raised an alert.</summary>
    public required int Alerted { get; init; }

    /// <summary>How many of them were held.</summary>
    public required int Held { get; init; }

    /// <summary>How many of them were blocked.</summary>
    public required int Blocked { get; init; }

    /// <summary>
    /// The 95th percentile of the assessment time of the last 15 minutes, accurate to ten percent; <see langword="null"/> when nothing
    /// was assessed.
    /// </summary>
    public required TimeSpan? DecidedWithin { get; init; }

    /// <summary>The share of the hour's transfers that were alerted, held or blocked; <see langword="null"/> when there were
    /// none.</summary>
    public decimal? AlertRate => InHour == 0 ? null : (decimal)(Alerted + Held + Blocked) / InHour;
}
