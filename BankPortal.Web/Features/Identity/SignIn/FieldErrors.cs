namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The errors in a sent form: sentences by field, in the order of the form. The empty name stands for the whole form.</summary>
public sealed class FieldErrors
{
    private readonly List<(string Field, string Sentence)> _errors = [];

    /// <summary>Whether there are errors.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>All errors.</summary>
    public IReadOnlyList<(string Field, string Sentence)> All => _errors;

    /// <summary>The first error of a field, or <see langword="null"/>.</summary>
    public string? this[string field] =>
        _errors.FirstOrDefault(error => string.Equals(error.Field, field, StringComparison.Ordinal)).Sentence;

    /// <summary>Adds an error of a field.</summary>
    public void Add(string field, string sentence) => _errors.Add((field, sentence));
}
