namespace BankPortal.Core.Common;

/// <summary>
/// A business refusal: something a person asked for that the rules of the bank do not allow. Refusals are values,
/// one record per rule, next to the use case they belong to; exceptions are left for faults.
/// </summary>
/// <param name="Message">The sentence the person reads. Plain words, no codes, no internals.</param>
public abstract record Error(string Message)
{
    private const string Suffix = "Error";

    /// <summary>
    /// A stable, machine-readable name of the rule that was broken: the record's type name without its suffix, such as
    /// <c>InsufficientFunds</c>. It is kept in the audit log, so renaming a record changes what is found there.
    /// </summary>
    public string Code => GetType().Name is var name && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    /// <summary>
    /// The input the refusal is about ("amount", "to"), so that a form can show the sentence next to the field;
    /// <see langword="null"/> when it concerns the whole request.
    /// </summary>
    public virtual string? Field => null;
}
