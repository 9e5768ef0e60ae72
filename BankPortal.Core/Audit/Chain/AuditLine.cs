using System.Text.Json;
using System.Text.Json.Serialization;

namespace BankPortal.Core.Audit.Chain;

/// <summary>A line of an export; one of its parts is there.</summary>
internal sealed record AuditLine
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        IgnoreReadOnlyProperties = true,
    };

    public AuditFileHead? Head { get; init; }

    public AuditAnchor? Anchor { get; init; }

    public AuditLink? Link { get; init; }

    public AuditRow? Row { get; init; }

    /// <summary>What the portal read in the row's encrypted texts, by attribute.</summary>
    public ImmutableSortedDictionary<string, string>? Texts { get; init; }

    public AuditFileEnd? End { get; init; }
}

/// <summary>The first line of an export.</summary>
/// <param name="Format">The name of the format.</param>
/// <param name="Version">Its version.</param>
/// <param name="At">When the export was made.</param>
/// <param name="PublicKey">The key that signed anchors and file.</param>
/// <param name="After">The day of the anchor after which the chains begin; <see langword="null"/> when they are there from their first
/// link.</param>
internal sealed record AuditFileHead(string Format, int Version, DateTimeOffset At, string PublicKey, DateOnly? After = null);

/// <summary>The last line of an export.</summary>
/// <param name="Lines">The number of lines before it.</param>
/// <param name="Sha256">The hash of all bytes before it.</param>
/// <param name="Signature">The signature of that hash.</param>
internal sealed record AuditFileEnd(long Lines, string Sha256, string Signature);
