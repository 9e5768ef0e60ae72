using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>What must be so for a rule to fire. A tree: comparisons joined by "all of" and "any of".</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "of")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(Compare), "fact")]
public abstract record RiskCondition
{
    private RiskCondition()
    {
    }

    /// <summary>Every one of the parts holds.</summary>
    /// <param name="Parts">The parts; none is not allowed.</param>
    public sealed record All(ImmutableArray<RiskCondition> Parts) : RiskCondition
    {
        /// <inheritdoc/>
        public bool Equals(All? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Parts.Length;
    }

    /// <summary>At least one of the parts holds.</summary>
    /// <param name="Parts">The parts; none is not allowed.</param>
    public sealed record Any(ImmutableArray<RiskCondition> Parts) : RiskCondition
    {
        /// <inheritdoc/>
        public bool Equals(Any? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => ~Parts.Length;
    }

    /// <summary>A fact compares to a value. Never so when the fact is unknown, except for <see cref="RiskComparison.IsUnknown"/>.</summary>
    /// <param name="Fact">The key of the fact in the vocabulary.</param>
    /// <param name="Is">How it is compared.</param>
    /// <param name="Value">With what, in the fact's unit; a flag is 1 or 0, a choice its number.</param>
    [method: JsonConstructor]
    public sealed record Compare(string Fact, RiskComparison Is, decimal Value) : RiskCondition
    {
        /// <summary>A comparison of a fact of the vocabulary.</summary>
        public Compare(RiskFact fact, RiskComparison comparison, decimal value)
            : this(RiskVocabulary.Of(fact).Key, comparison, value)
        {
        }
    }
}

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
