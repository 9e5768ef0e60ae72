namespace BankPortal.Core.Common;

/// <summary>The reason staff give for an action on a customer's money or account. Required, stored in the audit log, shown to staff
/// only.</summary>
public static class StaffReason
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxLength = 140;

    /// <summary>Cleans a reason as typed and checks its length.</summary>
    /// <returns>The cleaned reason, or <see cref="InvalidInputError"/> when it is empty or too long.</returns>
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
