using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>Who works a case. Stored by name: members may be added, never renamed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseKind>))]
public enum CaseKind
{
    /// <summary>The fraud desk: somebody may be taking money that is not theirs.</summary>
    Fraud,

    /// <summary>Compliance: somebody may be hiding where money comes from.</summary>
    Compliance,
}
