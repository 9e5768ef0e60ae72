using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>One rule: when it fires, what that weighs, and how it is told. Data; part of a rule set's version.</summary>
public sealed record RiskRule
{
    /// <summary>Names the rule through all versions: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>When it fires.</summary>
    public required RiskCondition When { get; init; }

    /// <summary>What it adds to the transfer's score; negative for what speaks for the transfer.</summary>
    public int Score { get; init; }

    /// <summary>The mildest outcome when it fires, whatever the score; <see langword="null"/> to leave it to the score.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<RiskOutcome>))]
    public RiskOutcome? Decides { get; init; }

    /// <summary>The case it opens, or adds to, when it fires.</summary>
    public CaseKind? OpensCase { get; init; }

    /// <summary>Why it fired, in plain words, with facts in braces: "{amount} is {ratio_to_usual} times the usual amount."</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it is asked at all.</summary>
    public bool IsEnabled { get; init; } = true;
}
