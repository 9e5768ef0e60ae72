namespace BankPortal.Infrastructure.Common;

/// <summary>Collects everything wrong with one configuration section, so that all of it can be reported at once.</summary>
/// <param name="section">The section's name, put before each setting's name.</param>
public sealed class OptionsErrors(string section)
{
    private readonly List<string> _all = [];

    /// <summary>The mistakes found so far, each a full sentence that names its setting.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Notes a mistake.</summary>
    /// <param name="setting">The setting's name inside the section.</param>
    /// <param name="problem">The rest of the sentence, for example <c>must be between 1 and 10</c>.</param>
    public void Add(string setting, string problem) => _all.Add($"{section}:{setting} {problem}.");

    /// <summary>Notes a mistake unless the condition holds.</summary>
    public void Require(bool condition, string setting, string problem)
    {
        if (!condition)
        {
            Add(setting, problem);
        }
    }

    /// <summary>Requires a text that is not empty.</summary>
    public void RequireText(string? value, string setting, string? hint = null) =>
        Require(!string.IsNullOrWhiteSpace(value), setting, hint is null ? "must be given" : $"must be given ({hint})");

    /// <summary>Requires a value between two bounds, both included.</summary>
    public void RequireRange<T>(T value, T least, T most, string setting)
        where T : IComparable<T>
    {
        Require(
            value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0,
            setting,
            string.Create(CultureInfo.InvariantCulture, $"must be between {least} and {most}, but is {value}"));
    }
}
