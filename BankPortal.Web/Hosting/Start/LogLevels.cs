namespace BankPortal.Web.Hosting.Start;

/// <summary>
/// Checks the levels in the section <c>Logging</c> before the first logger is made, which would fail without naming the key.
/// </summary>
internal static class LogLevels
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";

    /// <summary>Checks them.</summary>
    /// <exception cref="OptionsValidationException">A value is no level.</exception>
    public static void Require(IConfiguration configuration)
    {
        var logging = configuration.GetSection(Section);
        List<string> errors =
        [
            .. logging.GetChildren()
                .Select(child => child.Key.Equals(Levels, StringComparison.OrdinalIgnoreCase) ? child : child.GetSection(Levels))
                .SelectMany(levels => levels.GetChildren())
                .Where(level => level.Value is { Length: > 0 } value && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _))
                .Select(level => $"{level.Path} must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}, but is '{level.Value}'."),
        ];
        if (errors.Count > 0)
        {
            throw new OptionsValidationException(Section, typeof(LogLevel), errors);
        }
    }
}
