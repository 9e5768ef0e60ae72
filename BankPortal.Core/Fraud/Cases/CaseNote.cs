namespace BankPortal.Core.Fraud.Cases;

/// <summary>What people write into a case.</summary>
public static class CaseNote
{
    /// <summary>The longest note, in characters.</summary>
    public const int MaxLength = 2000;

    /// <summary>The note as typed, cleaned line by line; or what is wrong with it.</summary>
    public static Result<string> Check(string? text)
    {
        var lines = (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(TextInput.Clean);
        var clean = string.Join('\n', lines).Trim('\n');
        return clean.Length switch
        {
            0 => new InvalidInputError("note", "Write something first."),
            > MaxLength => new InvalidInputError("note", $"Use {MaxLength.ToString("N0", CultureInfo.CurrentCulture)} characters at most."),
            _ => clean,
        };
    }
}
