namespace BankPortal.Infrastructure.Common;

/// <summary>Recognises a misspelt name.</summary>
public static class Misspelling
{
    /// <summary>
    /// The name that was probably meant, or <see langword="null"/> when none is near: at most two letters, or a third of the
    /// name, changed, added or removed. A name that differs in upper and lower case alone is near.
    /// </summary>
    /// <param name="given">What was written.</param>
    /// <param name="known">The names there are.</param>
    public static string? Of(string given, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(known);

        var nearest = known.MinBy(name => Distance(given, name));
        return nearest is not null && Distance(given, nearest) <= Math.Max(2, given.Length / 3) ? nearest : null;
    }

    /// <summary>
    /// How many letters must be changed, added or removed to make one name of the other (Levenshtein), whatever their case.
    /// </summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
