namespace BankPortal.Core.Common;

/// <summary>Why staff did something to a customer's money or account: asked each time, kept, read by colleagues only.</summary>
public static class StaffReason
{
    /// <summary>The longest reason.</summary>
    public const int MaxLength = 140;

    /// <summary>The reason as typed, cleaned; or what is wrong with it.</summary>
    public static Result<string> Check(string? reason)
    {
        var clean = TextInput.Clean(reason);
        return clean.Length switch
        {
            0 => new InvalidInputError("reason", "Enter the reason."),
            > MaxLength => new InvalidInputError("reason", $"Use {MaxLength.ToString(CultureInfo.InvariantCulture)} characters at most."),
            _ => clean,
        };
    }
}
