using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A case with everything its page shows.</summary>
public sealed record CaseFile
{
    /// <summary>The case.</summary>
    public required Case Case { get; init; }

    /// <summary>The timeline, newest first.</summary>
    public required ImmutableArray<CaseEvent> Events { get; init; }

    /// <summary>Whether there are more events than were read.</summary>
    public bool HasMoreEvents { get; init; }

    /// <summary>The alerts, newest first.</summary>
    public required ImmutableArray<CaseAlert> Alerts { get; init; }

    /// <summary>Whether there are more alerts than were read.</summary>
    public bool HasMoreAlerts { get; init; }

    /// <summary>The links to other cases.</summary>
    public required ImmutableArray<(CaseLink Link, Case Case)> Links { get; init; }

    /// <summary>Other cases of the same customer that the reader may see, newest first.</summary>
    public required ImmutableArray<Case> Others { get; init; }

    /// <summary>
    /// Why the reader may not work on it, by the alerts that were read; <see langword="null"/> when they may. The commands look at all
    /// alerts.
    /// </summary>
    public ConflictOfInterestError? Conflict { get; init; }

    /// <summary>The names of all people mentioned, by user id.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }
}

/// <summary>An alert as a case page shows it.</summary>
/// <param name="Transfer">The current state of the transfer.</param>
/// <param name="Rules">The rule set that decided; <see langword="null"/> when it is unknown or no rules were applied.</param>
/// <param name="From">The case it belongs to, when that case was escalated to this one; otherwise <see langword="null"/>.</param>
public sealed record CaseAlert(Transfer Transfer, RuleSet? Rules, Case? From);
