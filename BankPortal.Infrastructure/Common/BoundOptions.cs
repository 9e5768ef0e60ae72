using Microsoft.Extensions.Configuration;

namespace BankPortal.Infrastructure.Common;

/// <summary>
/// Binds a section setting by setting, so that one value of the wrong kind does not hide the other mistakes, and refuses
/// settings nobody reads (most often a misspelling).
/// </summary>
internal sealed class BoundOptions<TOptions, TRules>(IConfiguration configuration, string section, TRules rules)
    : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
    where TRules : class, IOptionsRules<TOptions>
{
    public void Configure(TOptions options) => Bind(options, new OptionsErrors(section));

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        var mistakes = new OptionsErrors(section);
        // Binding is repeated into a throw-away object for its mistakes alone: the options themselves may have been
        // changed by code after they were bound.
        Bind(Activator.CreateInstance<TOptions>(), mistakes);
        rules.Check(options, mistakes);
        return mistakes.All is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes.All);
    }

    private void Bind(TOptions options, OptionsErrors mistakes)
    {
        foreach (var setting in configuration.GetSection(section).GetChildren())
        {
            var alone = new ConfigurationBuilder()
                .AddInMemoryCollection(setting.AsEnumerable().Select(pair => KeyValuePair.Create(pair.Key[(section.Length + 1)..], pair.Value)))
                .Build();
            try
            {
                alone.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            }
            catch (InvalidOperationException e)
            {
                mistakes.Add(setting.Key, Explain(setting, e));
            }
        }
    }

    private static string Explain(IConfigurationSection setting, InvalidOperationException e)
    {
        var property = typeof(TOptions).GetProperties()
            .FirstOrDefault(p => string.Equals(p.Name, setting.Key, StringComparison.OrdinalIgnoreCase));
        if (property is null)
        {
            var known = typeof(TOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal);
            return $"is not a setting; there are {string.Join(", ", known)}";
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum ? $"must be one of {string.Join(", ", Enum.GetNames(type))}"
            : setting.Value is not null ? $"cannot be read as {Describe(type)}"
            : $"cannot be read: {e.InnerException?.Message ?? e.Message}".TrimEnd('.');
    }

    private static string Describe(Type type) =>
        type == typeof(TimeSpan) ? "a duration (for example 00:00:05)"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(decimal) || type == typeof(double) ? "a number"
        : type == typeof(Uri) ? "an address"
        : type.Name;
}
