namespace BankPortal.Core.Fraud.Cases;

/// <summary>Checks the notes that people add to a case.</summary>
public static class CaseNote
{
    /// <summary>The longest note, in characters.</summary>
    public const int MaxLength = 2000;

    /// <summary>Cleans a note as typed, line by line, and checks its length.</summary>
    /// <returns>The cleaned note, or <see cref="InvalidInputError"/> when it is empty or too long.</returns>
    public static Result<string> Check(string? text)
    {
        var lines = (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(TextInput.Clean);
        var clean = string.Join('\n', lines).Trim('\n');
        return clean.Length switch
        {
            0 => new InvalidInputError("note", "Enter a note."),
            > MaxLength => new InvalidInputError("note", $"Use {MaxLength.ToString("N0", CultureInfo.CurrentCulture)} characters at most."),
            _ => clean,
        };
    }
}
