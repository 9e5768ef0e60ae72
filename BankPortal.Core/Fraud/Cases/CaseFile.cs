using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>All there is to a case.</summary>
public sealed record CaseFile
{
    /// <summary>The case.</summary>
    public required Case Case { get; init; }

    /// <summary>Its timeline, the latest first.</summary>
    public required ImmutableArray<CaseEvent> Events { get; init; }

    /// <summary>Whether there are more events than were read.</summary>
    public bool HasMoreEvents { get; init; }

    /// <summary>Its alerts, the latest first.</summary>
    public required ImmutableArray<CaseAlert> Alerts { get; init; }

    /// <summary>Whether there are more alerts than were read.</summary>
    public bool HasMoreAlerts { get; init; }

    /// <summary>The cases it is linked to.</summary>
    public required ImmutableArray<(CaseLink Link, Case Case)> Links { get; init; }

    /// <summary>Other cases of the same customer that the reader may see, the latest first.</summary>
    public required ImmutableArray<Case> Others { get; init; }

    /// <summary>The names of everybody who occurs.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }
}

/// <summary>An alert as a case shows it.</summary>
/// <param name="Transfer">The transfer as it is now.</param>
/// <param name="Rules">The rule set that decided; <see langword="null"/> when it is not known here or none was asked.</param>
/// <param name="From">The case it came from, where it belongs to one that was escalated to this.</param>
public sealed record CaseAlert(Transfer Transfer, RuleSet? Rules, Case? From);
