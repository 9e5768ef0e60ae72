namespace BankPortal.Core.Common;

/// <summary>
/// A business refusal: something a person asked for that the rules of the bank do not allow. Refusals are values,
/// one record per rule, next to the use case they belong to; exceptions are left for faults.
/// </summary>
/// <param name="Message">The sentence the person reads. Plain words, no codes, no internals.</param>
public abstract record Error(string Message)
{
    /// <summary>A stable, machine-readable name of the rule that was broken (the record's type name).</summary>
    public string Code => GetType().Name;

    /// <summary>
    /// The input the refusal is about ("amount", "to"), so that a form can show the sentence next to the field;
    /// <see langword="null"/> when it concerns the whole request.
    /// </summary>
    public virtual string? Field => null;
}
