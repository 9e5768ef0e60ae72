namespace BankPortal.Core.Analytics;

/// <summary>
/// Amounts by kind of transfer, in minor units of one currency. Immutable. Two values are equal when every kind has the same amount; a
/// kind that is not listed has zero.
/// </summary>
public sealed class KindAmounts : IEquatable<KindAmounts>
{
    private readonly ImmutableSortedDictionary<TransferKind, long> _amounts;

    private KindAmounts(ImmutableSortedDictionary<TransferKind, long> amounts) => _amounts = amounts;

    /// <summary>Zero for every kind.</summary>
    public static KindAmounts None { get; } = new(ImmutableSortedDictionary<TransferKind, long>.Empty);

    /// <summary>The sum over all kinds.</summary>
    public long Total => _amounts.Values.Sum();

    /// <summary>The kinds with an amount other than zero.</summary>
    public IEnumerable<KeyValuePair<TransferKind, long>> Parts => _amounts;

    /// <summary>The amount of one kind.</summary>
    public long this[TransferKind kind] => _amounts.GetValueOrDefault(kind);

    /// <summary>Returns the amounts with <paramref name="amount"/> added to one kind; negative amounts subtract.</summary>
    public KindAmounts Plus(TransferKind kind, long amount) =>
        checked(this[kind] + amount) is var sum && sum == 0 ? new(_amounts.Remove(kind)) : new(_amounts.SetItem(kind, sum));
    /// <summary>Returns the sum of both, kind by kind.</summary>
    /// <summary>Both together.</summary>
    public KindAmounts Plus(KindAmounts other) => other.Parts.Aggregate(this, (sum, part) => sum.Plus(part.Key, part.Value));

    /// <inheritdoc/>
    public bool Equals(KindAmounts? other) => other is not null && _amounts.SequenceEqual(other._amounts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KindAmounts);

    /// <inheritdoc/>
    public override int GetHashCode() => _amounts.Aggregate(0, (hash, part) => HashCode.Combine(hash, part.Key, part.Value));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _amounts.Select(part => FormattableString.Invariant($"{part.Key} {part.Value}")));
}
