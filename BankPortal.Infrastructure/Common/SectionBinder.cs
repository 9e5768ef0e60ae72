using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Infrastructure.Common;

/// <summary>
/// Binds a configuration section setting by setting, so that one value that cannot be read does not hide the other errors.
/// Refuses keys that are no setting, at every depth; most of them are misspelled.
/// </summary>
internal static class SectionBinder
{
    /// <summary>Binds a section to an options object and adds every error, each with its full key.</summary>
    public static void Bind(IConfigurationSection section, object options, OptionsErrors errors) =>
        BindGroup(section, "", options.GetType(), options, errors);

    private static void BindGroup(IConfigurationSection group, string path, Type type, object options, OptionsErrors errors)
    {
        var known = type.GetProperties().Where(property => property.CanWrite).ToList();
        foreach (var child in group.GetChildren())
        {
            var property = known.Find(candidate => string.Equals(candidate.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                errors.Add(path + child.Key, NotASetting(child.Key, known));
                continue;
            }

            var setting = path + property.Name;
            var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (IsList(kind))
            {
                BindList(child, setting, options, errors);
            }
            else if (IsGroup(kind))
            {
                if (!string.IsNullOrEmpty(child.Value))
                {
                    errors.Add(setting, "is a group of settings and has no value of its own");
                }

                BindGroup(child, setting + ":", kind, options, errors);
            }
            else
            {
                BindValue(child, setting, kind, options, errors);
            }
        }
    }

    private static void BindList(IConfigurationSection list, string setting, object options, OptionsErrors errors)
    {
        // An empty list in a JSON file is an empty text here.
        if (!string.IsNullOrEmpty(list.Value))
        {
            errors.AddUnreadable(setting, "is a list: its values need numbers behind the key, from :0 on");
            return;
        }

        var values = new List<KeyValuePair<string, string?>>();
        foreach (var value in list.GetChildren())
        {
            RefuseChildren(value, $"{setting}:{value.Key}", errors);
            if (value.Value is not null)
            {
                values.Add(KeyValuePair.Create<string, string?>($"{setting}:{value.Key}", value.Value));
            }
        }

        if (!TryBind(values, options))
        {
            errors.AddUnreadable(setting, "has a value that cannot be read");
        }
    }

    private static void BindValue(IConfigurationSection value, string setting, Type type, object options, OptionsErrors errors)
    {
        RefuseChildren(value, setting, errors);
        if (value.Value is not null && !TryBind([KeyValuePair.Create<string, string?>(setting, value.Value)], options))
        {
            errors.AddUnreadable(
                setting, type.IsEnum ? $"must be one of {string.Join(", ", Enum.GetNames(type))}" : $"cannot be read as {Describe(type)}");
        }
    }

    private static void RefuseChildren(IConfigurationSection value, string setting, OptionsErrors errors)
    {
        foreach (var child in value.GetChildren())
        {
            errors.Add($"{setting}:{child.Key}", "is not a setting");
        }
    }

    private static bool TryBind(IEnumerable<KeyValuePair<string, string?>> values, object options)
    {
        try
        {
            new ConfigurationBuilder().AddInMemoryCollection(values).Build().Bind(options);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static bool IsGroup(Type type) => type.IsClass && type != typeof(string) && type != typeof(Uri);

    private static string NotASetting(string key, List<PropertyInfo> known)
    {
        var names = known.Select(property => property.Name).Order(StringComparer.Ordinal).ToList();
        var hint = Misspelling.Of(key, names) is { } nearest ? $" (did you mean {nearest}?)" : "";
        return $"is not a setting{hint}; there are {string.Join(", ", names)}";
    }

    private static string Describe(Type type) =>
        type == typeof(TimeSpan) ? "a duration (for example 00:00:05)"
        : type == typeof(DateOnly) ? "a day (for example 2026-01-31)"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(decimal) || type == typeof(double) ? "a number"
        : type == typeof(Uri) ? "an address"
        : type.Name;
}
