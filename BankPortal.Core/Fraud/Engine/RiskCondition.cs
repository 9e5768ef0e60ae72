using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>The condition under which a rule fires: a tree of comparisons joined by "all of" and "any of".</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "of")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(Compare), "fact")]
public abstract record RiskCondition
{
    private RiskCondition()
    {
    }

    /// <summary>Holds when every part holds.</summary>
    /// <param name="Parts">The parts; at least one.</param>
    public sealed record All(ImmutableArray<RiskCondition> Parts) : RiskCondition
    {
        /// <inheritdoc/>
        public bool Equals(All? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Parts.Length;
    }

    /// <summary>Holds when at least one part holds.</summary>
    /// <param name="Parts">The parts; at least one.</param>
    public sealed record Any(ImmutableArray<RiskCondition> Parts) : RiskCondition
    {
        /// <inheritdoc/>
        public bool Equals(Any? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => ~Parts.Length;
    }

    /// <summary>Compares a fact with a value. Does not hold when the fact is unknown, except for
    /// <see cref="RiskComparison.IsUnknown"/>.</summary>
    /// <param name="Fact">The key of the fact in the vocabulary.</param>
    /// <param name="Is">The kind of comparison.</param>
    /// <param name="Value">The value in the fact's unit; a flag is 1 or 0, a choice is its number.</param>
    [method: JsonConstructor]
    public sealed record Compare(string Fact, RiskComparison Is, decimal Value) : RiskCondition
    {
        /// <summary>Creates a comparison for a fact of the vocabulary.</summary>
        public Compare(RiskFact fact, RiskComparison comparison, decimal value)
            : this(RiskVocabulary.Of(fact).Key, comparison, value)
        {
        }
    }
}

/// <summary>The kinds of comparison of a fact with a value.</summary>
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

    /// <summary>The fact equals the value.</summary>
    Is,

    /// <summary>The fact is known and differs from the value.</summary>
    IsNot,

    /// <summary>The fact is unknown; the value is ignored.</summary>
    IsUnknown,
}
