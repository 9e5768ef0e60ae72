namespace BankPortal.Core.Identity;

/// <summary>The rules for the passkeys of a person: how many, and how they are named.</summary>
public static class PasskeyRule
{
    /// <summary>The most passkeys of one person.</summary>
    public const int MostPasskeys = 10;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>The name of a passkey whose owner gave it none.</summary>
    public const string DefaultName = "Passkey";

    /// <summary>
    /// The name as it is kept: in one line, without control characters and repeated blanks. An empty name becomes
    /// <see cref="DefaultName"/>; <see langword="null"/> when it is longer than <see cref="MaxNameLength"/>.
    /// </summary>
    public static string? CleanName(string? name)
    {
        var plain = string.Concat((name ?? "").Select(c => char.IsControl(c) || char.IsWhiteSpace(c) ? ' ' : c));
        var clean = string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return clean.Length > MaxNameLength ? null : clean.Length > 0 ? clean : DefaultName;
    }
}
