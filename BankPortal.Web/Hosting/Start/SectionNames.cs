using BankPortal.Infrastructure.Common;
using Microsoft.Extensions.Configuration.CommandLine;

namespace BankPortal.Web.Hosting.Start;

/// <summary>
/// Checks the names of the configuration's sections: a misspelt one would be ignored with all it says. Environment variables and
/// files may have sections of other programs, so only names that are near one of ours are errors there; on the command line
/// every unknown section is.
/// </summary>
internal sealed class SectionNames(IConfiguration configuration, IEnumerable<OptionsSection> sections)
    : IValidateOptions<SectionNames.Settings>
{
    // What the framework reads.
    private static readonly string[] Others = ["Authentication", "ConnectionStrings", "hostBuilder", "Kestrel", "Logging", "Metrics"];

    public ValidateOptionsResult Validate(string? name, Settings options)
    {
        var known = sections.Select(section => section.Name).Concat(Others).ToHashSet(StringComparer.OrdinalIgnoreCase);
        List<string> errors =
        [
            .. Unknown(known)
                .Select(section => (section.Name, section.IsOnCommandLine, Meant: Misspelling.Of(section.Name, known)))
                .Where(section => section.Meant is not null || section.IsOnCommandLine)
                .Select(section => $"{section.Name} is not a section of the configuration"
                    + (section.Meant is { } meant ? $" (did you mean {meant}?)." : $"; there are {string.Join(", ", Names())}.")),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<(string Name, bool IsOnCommandLine)> Unknown(HashSet<string> known) =>
        (configuration as IConfigurationRoot)?.Providers
            .SelectMany(provider => provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(key => !known.Contains(key) && provider.GetChildKeys([], key).Any())
                .Select(key => (Name: key, IsOnCommandLine: provider is CommandLineConfigurationProvider)))
            .GroupBy(section => section.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => (same.Key, same.Any(section => section.IsOnCommandLine)))
        ?? [];

    private IEnumerable<string> Names() => sections.Select(section => section.Name).Order(StringComparer.Ordinal);

    /// <summary>Options without content: what is checked are names.</summary>
    internal sealed class Settings;
}
