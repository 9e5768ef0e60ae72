namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// Follows one chain link by link: numbers without gaps, each link fits the one before, its own hash and the anchors. The same for the
/// database and for a file. Not thread-safe.
/// </summary>
internal sealed class ChainCheck
{
    private readonly int _shard;
    private readonly AuditFindings _findings;
    private readonly Dictionary<long, AuditAnchor> _anchored = [];
    private long _number;
    private string _hash;

    /// <param name="shard">The chain.</param>
    /// <param name="before">The last anchor before the range; the chain goes on from its head.</param>
    /// <param name="anchors">The anchors of the range.</param>
    /// <param name="findings">Where faults go.</param>
    public ChainCheck(int shard, AuditAnchor? before, IEnumerable<AuditAnchor> anchors, AuditFindings findings)
    {
        _shard = shard;
        _findings = findings;
        var head = before?.HeadOf(shard);
        (_number, _hash) = (head?.Number ?? 0, head?.Hash ?? AuditHash.None);
        foreach (var anchor in anchors)
        {
            // A chain that nothing was added to has the same head in several anchors; the first stands for all.
            if (anchor.HeadOf(shard) is { } named && named.Number > _number)
            {
                _anchored.TryAdd(named.Number, anchor);
            }
        }
    }

    /// <summary>The number of the last link that was seen.</summary>
    public long Last => _number;

    /// <summary>Takes the next link of the chain.</summary>
    public void Take(AuditLink link)
    {
        _findings.Links++;
        if (link.Number != _number + 1)
        {
            _findings.Add(
                AuditFault.LinkMissing,
                link.Number == _number + 2 ? AuditLink.NameOf(_shard, _number + 1) : $"{AuditLink.NameOf(_shard, _number + 1)} to {AuditLink.NameOf(_shard, link.Number - 1)}");
        }
        else if (link.Previous != _hash)
        {
            _findings.Add(AuditFault.LinkChanged, link.Name);
        }

        var hash = AuditHash.Of(link);
        if (hash != link.Hash)
        {
            _findings.Add(AuditFault.LinkChanged, link.Name);
        }

        if (_anchored.Remove(link.Number, out var anchor) && anchor.HeadOf(_shard)?.Hash != hash)
        {
            _findings.Add(AuditFault.AnchorBroken, AnchorName(anchor));
        }

        (_number, _hash) = (link.Number, link.Hash);
    }

    /// <summary>The chain has no further link: every head that an anchor names must have come.</summary>
    public void End()
    {
        foreach (var (number, anchor) in _anchored.OrderBy(pair => pair.Key))
        {
            _findings.Add(
                number > _number ? AuditFault.LinkMissing : AuditFault.AnchorBroken,
                number > _number ? AuditLink.NameOf(_shard, number) : AnchorName(anchor));
        }
    }

    /// <summary>Compares a row with its link.</summary>
    public static void Compare(LinkedRow linked, AuditRow? row, AuditFindings findings)
    {
        findings.Rows++;
        if (row is null)
        {
            findings.Add(AuditFault.RowMissing, NameOf(linked.Key));
        }
        else if (AuditHash.Of(row) != linked.Hash)
        {
            findings.Add(AuditFault.RowChanged, NameOf(linked.Key));
        }
    }

    /// <summary>Verifies that anchors follow each other and are signed.</summary>
    public static void Anchors(AuditAnchor? before, IEnumerable<AuditAnchor> anchors, string publicKey, AuditFindings findings)
    {
        if (before is not null)
        {
            Signed(before, publicKey, findings);
        }

        foreach (var anchor in anchors)
        {
            findings.Anchors++;
            if (anchor.Previous != (before is null ? AuditHash.None : AuditHash.Of(before)))
            {
                findings.Add(AuditFault.AnchorBroken, AnchorName(anchor));
            }

            Signed(anchor, publicKey, findings);
            before = anchor;
        }
    }

    public static string NameOf(AuditRowKey key) => $"{key.Subject} {key.Record}";

    private static void Signed(AuditAnchor anchor, string publicKey, AuditFindings findings)
    {
        if (!AuditSignature.Fits(publicKey, AuditHash.Text(anchor), anchor.Signature))
        {
            findings.Add(AuditFault.SignatureWrong, AnchorName(anchor));
        }
    }

    private static string AnchorName(AuditAnchor anchor) =>
        "the anchor of " + anchor.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
