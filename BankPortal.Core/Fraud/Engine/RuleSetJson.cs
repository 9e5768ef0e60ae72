using System.Text.Json;
using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>Converts rule sets to and from JSON, for storage and for transport between installations.</summary>
public static class RuleSetJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = false,
        MaxDepth = 32,
    };

    /// <summary>Serialises a rule set to JSON.</summary>
    public static string Format(RuleSet set) => JsonSerializer.Serialize(set, Options);

    /// <summary>Parses what <see cref="Format"/> wrote. Does not validate the rules; <see cref="RuleSetValidator"/> does.</summary>
    /// <exception cref="InvalidDataException">The text is not a rule set in JSON.</exception>
    public static RuleSet Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RuleSet>(text, Options) is { Rules.IsDefault: false, Thresholds: not null } set
                ? set
                : throw new InvalidDataException("The text is not a rule set.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The text is not a rule set.", exception);
        }
    }
}
