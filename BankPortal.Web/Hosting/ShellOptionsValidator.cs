using BankPortal.Infrastructure.Common;
using BankPortal.Web.Hosting.Culture;

namespace BankPortal.Web.Hosting;

/// <summary>Checks <see cref="ShellOptions"/>.</summary>
internal sealed class ShellOptionsValidator : IOptionsValidator<ShellOptions>
{
    public void Check(ShellOptions options, OptionsErrors errors)
    {
        errors.Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _),
            nameof(options.TimeZone),
            $"must be the name of a time zone this machine knows, such as Europe/Berlin, but is '{options.TimeZone}'");
        errors.Require(
            SupportedCultures.All.Contains(options.DefaultCulture, StringComparer.OrdinalIgnoreCase),
            nameof(options.DefaultCulture),
            $"must be one of {string.Join(", ", SupportedCultures.All)}, but is '{options.DefaultCulture}'");
        foreach (var (index, origin) in options.AllowedOrigins.Index())
        {
            errors.Require(
                IsOrigin(origin),
                $"{nameof(options.AllowedOrigins)}:{index}",
                $"must be scheme and host only, such as https://bank.example, but is '{origin}'");
        }
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);
}
