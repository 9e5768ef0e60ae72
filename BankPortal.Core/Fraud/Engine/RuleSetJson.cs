using System.Text.Json;
using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>A rule set as text, for storing and for carrying from one bank to another.</summary>
public static class RuleSetJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = false,
        MaxDepth = 32,
    };

    /// <summary>The text (JSON).</summary>
    public static string Format(RuleSet set) => JsonSerializer.Serialize(set, Options);

    /// <summary>Reads what <see cref="Format"/> wrote; whether the set makes sense is for <see cref="RuleSetValidator"/> to say.</summary>
    /// <exception cref="InvalidDataException">The text is not a rule set.</exception>
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
