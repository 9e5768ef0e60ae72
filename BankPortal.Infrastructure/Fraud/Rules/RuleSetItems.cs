using System.IO.Compression;
using System.Text;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Infrastructure.Fraud.Rules;

/// <summary>Converts versions and pointers to and from DynamoDB items. Long texts are compressed, so that two hundred rules fit into one
/// row.</summary>
internal static class RuleSetItems
{
    public const string Group = "group_key";
    public const string Item = "item_key";
    public const string Revision = "revision";

    /// <summary>The partition of all versions.</summary>
    public const string Versions = "versions";

    /// <summary>The partition of the latest back-test of each version.</summary>
    public const string BackTests = "back-tests";

    private const string InForce = "in-force";

    public static Dictionary<string, AttributeValue> PointersKey { get; } = Key(InForce, InForce);

    public static Dictionary<string, AttributeValue> Key(string group, string item) =>
        new(StringComparer.Ordinal) { [Group] = Attr.S(group), [Item] = Attr.S(item) };

    /// <summary>Formats a version number as a sortable key.</summary>
    public static string NumberKey(int number) => number.ToString("D10", CultureInfo.InvariantCulture);

    public static Dictionary<string, AttributeValue> ToItem(RuleSetVersion version) => new ItemWriter()
        .Set(Group, Versions)
        .Set(Item, NumberKey(version.Number))
        .Set("rules", Pack(RuleSetJson.Format(version.Set)))
        .Set("state", version.State)
        .Set("edition", (long)version.Edition)
        .Set(Revision, version.Revision)
        .Set("based_on", (long?)version.BasedOn)
        .SetList("editors", version.Editors.Select(Attr.S))
        .SetList("steps", version.Steps.Select(step => new AttributeValue
        {
            M = new ItemWriter().Set("act", step.Action).Set("at", step.At).Set("actor_id", step.ActorId).Set(
                "comment", step.Comment).ToItem(),
        }))
        .ToItem();

    public static RuleSetVersion ToVersion(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new RuleSetVersion
        {
            Set = RuleSetJson.Parse(Unpack(row.Bytes("rules"))),
            State = row.Enum<RuleSetState>("state"),
            Edition = row.Int("edition"),
            Revision = row.Long(Revision),
            BasedOn = row.IntOrNull("based_on"),
            Editors = [.. row.List("editors").Select(editor => editor.S)],
            Steps = [.. row.List("steps").Select(value =>
            {
                var step = new ItemReader(value.M);
                return new RuleSetStep(
                    step.Enum<RuleSetAction>("act"), step.Time("at"), step.String("actor_id"), step.StringOrNull("comment"));
            })],
        };
    }

    public static Dictionary<string, AttributeValue> ToItem(RuleSetPointers pointers) => new ItemWriter()
        .Set(Group, InForce)
        .Set(Item, InForce)
        .Set("live", (long)pointers.Live)
        .Set("shadow", (long?)pointers.Shadow)
        .Set(Revision, pointers.Revision)
        .ToItem();

    public static RuleSetPointers ToPointers(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new RuleSetPointers(row.Int("live"), row.IntOrNull("shadow"), row.Long(Revision));
    }

    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public static string Unpack(byte[] bytes)
    {
        using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
