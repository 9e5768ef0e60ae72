namespace BankPortal.Infrastructure.Common;

/// <summary>Collects every error in one configuration section, so that all of them are reported at once. Not thread-safe.</summary>
/// <param name="section">The section's name, put before each setting's name.</param>
public sealed class OptionsErrors(string section)
{
    private readonly List<string> _all = [];
    private readonly HashSet<string> _unreadable = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The errors found so far, each a full sentence that begins with the setting's full key.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Adds an error, unless the setting's value could not even be read: then that is the only error reported for it.</summary>
    /// <param name="setting">The setting's name inside the section, such as <c>Smtp:Port</c>.</param>
    /// <param name="problem">The rest of the sentence, for example <c>must be between 1 and 10</c>.</param>
    public void Add(string setting, string problem)
    {
        if (!_unreadable.Contains(setting))
        {
            _all.Add($"{section}:{setting} {problem}.");
        }
    }

    /// <summary>Adds an error unless the condition holds.</summary>
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

    /// <summary>
    /// Adds the error of a value that could not be read. The setting keeps its default, so later errors about it are left out.
    /// </summary>
    internal void AddUnreadable(string setting, string problem)
    {
        Add(setting, problem);
        _unreadable.Add(setting);
    }
}
