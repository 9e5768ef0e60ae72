using System.Text;

namespace BankPortal.Core.Ledger.Payees;

/// <summary>
/// Compares the name a payer gives with the name an account is held under, without ever giving the latter away. Case,
/// accents, punctuation, titles and the order of names do not matter.
/// </summary>
public static class PayeeNames
{
    private static readonly HashSet<string> Titles =
        new(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "jr", "sr"], StringComparer.Ordinal);

    /// <summary>Compares the two names.</summary>
    public static NameMatch Compare(string given, string held)
    {
        var left = Words(given);
        var right = Words(held);
        if (left.Length == 0 || right.Length == 0)
        {
            return NameMatch.NoMatch;
        }

        if (left.SequenceEqual(right))
        {
            return NameMatch.Match;
        }

        return Resembles(left, right) ? NameMatch.CloseMatch : NameMatch.NoMatch;
    }

    // Every word of the shorter name must find a partner of its own that is the same, an initial of it, or within one
    // typing error in four letters; and at least one partner must be more than an initial.
    private static bool Resembles(string[] left, string[] right)
    {
        var (few, many) = left.Length <= right.Length ? (left, right) : (right, left);
        if (few.Length == 1 && many.Length > 1)
        {
            // A single name of several gives too little away to call it close.
            return false;
        }

        var free = many.ToList();
        var whole = 0;
        foreach (var word in few.OrderByDescending(w => w.Length))
        {
            var partner = free.Find(w => w == word) ?? free.Find(w => Near(word, w)) ?? free.Find(w => Initial(word, w));
            if (partner is null)
            {
                return false;
            }

            free.Remove(partner);
            whole += Initial(word, partner) ? 0 : 1;
        }

        return whole > 0;
    }

    private static bool Initial(string a, string b) => (a.Length == 1 || b.Length == 1) && a != b && a[0] == b[0];

    private static bool Near(string a, string b)
    {
        var allowed = Math.Max(a.Length, b.Length) / 4;
        return allowed > 0 && Math.Abs(a.Length - b.Length) <= allowed && Distance(a, b) <= allowed;
    }

    // Damerau-Levenshtein in its restricted form (optimal string alignment): a swap of neighbours is one error.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                }

                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }

    private static string[] Words(string name)
    {
        // Names are short; a longer text is somebody trying what happens. Cleaned first: half characters cannot be normalized.
        var clean = TextInput.Clean(name);
        var cut = Math.Min(clean.Length, 200);
        var text = new StringBuilder();
        foreach (
            var rune in clean[..(cut > 0 && char.IsHighSurrogate(clean[cut - 1]) ? cut - 1 : cut)]
                .Normalize(NormalizationForm.FormKD)
                .EnumerateRunes()
        )
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                text.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherPunctuation))
            {
                text.Append(' ');
            }
        }

        return
        [
            .. text.ToString()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !Titles.Contains(word))
                .Order(StringComparer.Ordinal),
        ];
    }
}
