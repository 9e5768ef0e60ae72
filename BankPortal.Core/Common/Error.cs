namespace BankPortal.Core.Common;

/// <summary>
/// A business refusal: the request breaks a rule of the bank. Refusals are returned as values, with one record per rule, kept next to the
/// use case they belong to. Exceptions are for faults only.
/// </summary>
/// <param name="Message">The sentence shown to the user: plain English, no codes, no internal details.</param>
public abstract record Error(string Message)
{
    private const string Suffix = "Error";

    /// <summary>
    /// The stable, machine-readable name of the rule that was broken: the record's type name without its suffix, such as
    /// <c>InsufficientFunds</c>. The audit log stores it, so renaming a record changes what later searches find.
    /// </summary>
    public string Code => GetType().Name is var name && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    /// <summary>
    /// The name of the input the refusal is about ("amount", "to"), so that a form can show the sentence next to that field;
    /// <see langword="null"/> when it concerns the whole request.
    /// </summary>
    public virtual string? Field => null;
}
