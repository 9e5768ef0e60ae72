using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// The canonical form of rows, links and anchors, and its SHA-256 hash in lower-case hexadecimal. The form begins with its name and
/// version; each value follows with its length in bytes, so that no two contents have the same form. A change of the form is a new
/// version; those before stay readable.
/// </summary>
public static class AuditHash
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Stands for "nothing before": 64 zeros.</summary>
    public static string None { get; } = new('0', 64);

    /// <summary>The hash of a row.</summary>
    public static string Of(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var form = new Form("audit-row/1");
        foreach (var field in row.Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            form.Add(field.Name).Add(field.Type).Add(field.Text);
        }

        return form.Hash();
    }

    /// <summary>The hash of a link, without the one it bears.</summary>
    public static string Of(AuditLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var form = new Form("audit-link/1").Add(link.Shard).Add(link.Number).Add(link.Previous).Add(link.At);
        foreach (var row in link.Rows)
        {
            form.Add(row.Key.Subject).Add(row.Key.Record).Add(row.Hash);
        }

        return form.Hash();
    }

    /// <summary>The hash of an anchor, its signature included.</summary>
    public static string Of(AuditAnchor anchor)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        return FormOf(anchor).Add(anchor.Signature).Hash();
    }

    /// <summary>What is signed: the canonical form of an anchor without its signature.</summary>
    public static byte[] Text(AuditAnchor anchor)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        return FormOf(anchor).Bytes();
    }

    private static Form FormOf(AuditAnchor anchor)
    {
        var form = new Form("audit-anchor/1").Add(anchor.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Add(anchor.At).Add(anchor.Previous);
        foreach (var head in anchor.Heads)
        {
            form.Add(head.Shard).Add(head.Number).Add(head.Hash);
        }

        return form;
    }

    private sealed class Form(string name)
    {
        private readonly StringBuilder _text = new(name + "\n");

        public Form Add(string value)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:").Append(value).Append('\n');
            return this;
        }

        public Form Add(long value) => Add(value.ToString(CultureInfo.InvariantCulture));

        public Form Add(DateTimeOffset value) => Add(value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

        public byte[] Bytes() => Encoding.UTF8.GetBytes(_text.ToString());

        public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Bytes()));
    }
}
