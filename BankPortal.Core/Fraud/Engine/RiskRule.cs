using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>One rule: its condition, its effect on score and outcome, and its reason text. Pure data; part of a rule set
/// version.</summary>
public sealed record RiskRule
{
    /// <summary>Identifies the rule across versions: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The name on screens.</summary>
    public required string Name { get; init; }

    /// <summary>The condition under which the rule fires.</summary>
    public required RiskCondition When { get; init; }

    /// <summary>The points it adds to the score of the transfer; negative when it lowers the risk.</summary>
    public int Score { get; init; }

    /// <summary>The minimum outcome when it fires, whatever the score; <see langword="null"/> to leave the outcome to the
    /// score.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<RiskOutcome>))]
    public RiskOutcome? Decides { get; init; }

    /// <summary>The kind of case that it opens, or adds to, when it fires; <see langword="null"/> for none.</summary>
    public CaseKind? OpensCase { get; init; }

    /// <summary>The reason shown when it fires, with facts in braces: "{amount} is {ratio_to_usual} times the usual amount."</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the rule is evaluated.</summary>
    public bool IsEnabled { get; init; } = true;
}
