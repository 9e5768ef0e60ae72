namespace BankPortal.Core.Reports.Cubes;

/// <summary>What is kept about one combination of values. Not thread-safe.</summary>
public sealed class CubeCell
{
    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>The sum of the amounts, in minor units.</summary>
    public long Sum { get; private set; }

    /// <summary>The distribution of the amounts; <see langword="null"/> when it is not kept.</summary>
    public AmountHistogram? Amounts { get; private set; }

    /// <summary>The different customers; <see langword="null"/> when they are not counted.</summary>
    public DistinctCounter? People { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(long amount, bool distribution = false, string? person = null)
    {
        Count = checked(Count + 1);
        Sum = checked(Sum + amount);
        if (distribution)
        {
            (Amounts ??= new AmountHistogram()).Add(amount);
        }

        if (person is not null)
        {
            (People ??= new DistinctCounter()).Add(person);
        }
    }

    /// <summary>Adds what another cell holds.</summary>
    public void Add(CubeCell other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Add(other.Count, other.Sum);
        if (other.Amounts is { } amounts)
        {
            (Amounts ??= new AmountHistogram()).Add(amounts);
        }

        if (other.People is { } people)
        {
            (People ??= new DistinctCounter()).Add(people);
        }
    }

    /// <summary>Adds a count and a sum.</summary>
    public void Add(long count, long sum)
    {
        Count = checked(Count + count);
        Sum = checked(Sum + sum);
    }

    /// <summary>Puts what was read in place.</summary>
    internal void Restore(AmountHistogram? amounts, DistinctCounter? people) => (Amounts, People) = (amounts, people);
}
