using System.Text.Json.Serialization;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>The team that works a case. Stored by name: members may be added, never renamed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseKind>))]
public enum CaseKind
{
    /// <summary>The fraud team: someone may be taking money that is not theirs.</summary>
    Fraud,

    /// <summary>The compliance team: someone may be hiding where money comes from (money laundering, structuring).</summary>
    Compliance,
}
