using BankPortal.Web.Hosting.Culture;

namespace BankPortal.Web.Hosting;

/// <summary>Checks all of <see cref="ShellOptions"/> at start and reports every mistake at once.</summary>
internal sealed class ShellOptionsValidator : IValidateOptions<ShellOptions>
{
    public ValidateOptionsResult Validate(string? name, ShellOptions options)
    {
        var mistakes = new List<string>();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            mistakes.Add($"Shell:TimeZone: '{options.TimeZone}' is not a time zone this machine knows. Use an IANA name such as 'Europe/Berlin'.");
        }

        if (!SupportedCultures.All.Contains(options.DefaultCulture, StringComparer.OrdinalIgnoreCase))
        {
            mistakes.Add($"Shell:DefaultCulture: '{options.DefaultCulture}' is not supported. Use one of: {string.Join(", ", SupportedCultures.All)}.");
        }

        mistakes.AddRange(options.AllowedOrigins
            .Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase))
            .Select(origin => $"Shell:AllowedOrigins: '{origin}' is not an origin. Give scheme and host only, such as 'https://bank.example'."));

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
