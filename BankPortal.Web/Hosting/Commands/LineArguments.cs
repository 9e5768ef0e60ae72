using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// The arguments of the process, divided into settings of the host and the rest, which is a command with its own arguments. Apart
/// from the library that reads the rest, because the names of settings are not known to it and do not mind upper and lower case.
/// Read when first asked for.
/// </summary>
/// <param name="arguments">The arguments.</param>
/// <param name="commandOptions">The options of all commands.</param>
internal sealed class LineArguments(string[] arguments, Func<IReadOnlyCollection<string>> commandOptions)
{
    // What ASP.NET Core reads of its settings without a section.
    private static readonly HashSet<string> HostSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "AllowedHosts", "applicationName", "captureStartupErrors", "contentRoot", "detailedErrors", "environment",
        "forwardedHeaders_enabled", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "http_ports", "https_port",
        "https_ports", "preferHostingUrls", "preventHostingStartup", "shutdownTimeoutSeconds", "startupAssembly", "staticWebAssets",
        "suppressStatusMessages", "urls", "webroot",
    };

    private readonly List<string> _settings = [];
    private readonly List<string> _rest = [];
    private string? _error;
    private bool _isRead;

    /// <summary>Settings with their values.</summary>
    public IReadOnlyList<string> Settings => Read()._settings;

    /// <summary>Everything else, in its order.</summary>
    public IReadOnlyList<string> Rest => Read()._rest;

    /// <summary>What is wrong with the settings, or <see langword="null"/>.</summary>
    public string? Error => Read()._error;

    private LineArguments Read()
    {
        if (_isRead)
        {
            return this;
        }

        _isRead = true;
        var options = commandOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, hasValue) = Split(arguments[i]);
            if (name is null || options.Contains("--" + name, StringComparer.Ordinal))
            {
                _rest.Add(arguments[i]);
            }
            else if (!name.Contains(':', StringComparison.Ordinal) && !HostSettings.Contains(name))
            {
                AddUnknown(arguments[i], name, hasValue);
            }
            else if (hasValue)
            {
                _settings.Add(arguments[i]);
            }
            else if (i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                _settings.AddRange(arguments[i], arguments[++i]);
            }
            else
            {
                _error ??= $"The setting {arguments[i]} has no value: write {arguments[i]} VALUE or {arguments[i]}=VALUE.";
            }
        }

        return this;
    }

    // A host under test is started with all its settings on the command line, those we do not know too; all of them have values.
    private void AddUnknown(string argument, string name, bool hasValue)
    {
        if (Misspelling.Of(name, HostSettings) is { } nearest)
        {
            _error ??= $"--{name} is not a setting. Did you mean --{nearest}?";
        }
        else if (hasValue)
        {
            _settings.Add(argument);
        }
        else
        {
            _rest.Add(argument);
        }
    }

    private static (string? Name, bool HasValue) Split(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
        {
            return (null, false);
        }

        var end = argument.IndexOf('=', StringComparison.Ordinal);
        return end < 0 ? (argument[2..], false) : (argument[2..end], true);
    }
}
