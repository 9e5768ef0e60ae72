using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>How a condition compares a fact with its value.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RiskComparison>))]
public enum RiskComparison
{
    /// <summary>The fact is at least the value.</summary>
    AtLeast,

    /// <summary>The fact is more than the value.</summary>
    MoreThan,

    /// <summary>The fact is at most the value.</summary>
    AtMost,

    /// <summary>The fact is less than the value.</summary>
    LessThan,

    /// <summary>The fact is the value.</summary>
    Is,

    /// <summary>The fact is known and not the value.</summary>
    IsNot,

    /// <summary>The fact is not known; the value does not matter.</summary>
    IsUnknown,
}
