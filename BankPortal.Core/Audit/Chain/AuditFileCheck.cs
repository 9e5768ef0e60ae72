using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;

namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// Verifies an export of the audit log with nothing but the file: hashes of rows and links, the chains, the anchors, their signatures and
/// that of the file. Who made the key can only be told by its fingerprint, which the bank publishes. In bounded memory.
/// </summary>
public sealed class AuditFileCheck
{
    private const int LongestLine = 4 * 1024 * 1024;

    private readonly AuditFindings _findings = new();
    private readonly List<AuditAnchor> _anchors = [];
    private AuditFileHead? _head;
    private AuditFileEnd? _end;
    private AuditAnchor? _before;
    private ChainCheck? _chain;
    private int _shard = -1;
    private AuditLink? _link;
    private int _rows;
    private long _lines;

    private AuditFileCheck()
    {
    }

    /// <summary>The fingerprint of the key that signed the file; empty when the file has none.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>When the export was made.</summary>
    public DateTimeOffset? MadeAt => _head?.At;

    /// <summary>What was found.</summary>
    public AuditVerification Result => _findings.Result();

    /// <summary>Verifies a file. A file that is damaged in any way gives findings, never an exception of its content.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<AuditFileCheck> VerifyAsync(Stream file, CancellationToken ct = default)
    {
        var check = new AuditFileCheck();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(ct);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } newLine)
                {
                    check.Take(buffer.Slice(0, newLine).ToArray(), hash);
                    buffer = buffer.Slice(buffer.GetPosition(1, newLine));
                }

                if (buffer.Length > LongestLine || (read.IsCompleted && buffer.Length > 0))
                {
                    check._findings.Add(AuditFault.FileUnreadable, Place(check._lines + 1));
                    break;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }

        check.Finish();
        return check;
    }

    private static string Place(long line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");

    private void Take(byte[] text, IncrementalHash hash)
    {
        AuditLine? line;
        try
        {
            line = JsonSerializer.Deserialize<AuditLine>(text, AuditLine.Json);
        }
        catch (JsonException)
        {
            line = null;
        }

        if (line is null || _end is not null || (_head is null && line.Head is null))
        {
            _findings.Add(AuditFault.FileUnreadable, Place(_lines + 1));
        }
        else if (line.End is { } end)
        {
            End(end, hash.GetHashAndReset());
        }
        else
        {
            Take(line);
        }

        _lines++;
        hash.AppendData(text);
        hash.AppendData("\n"u8);
    }

    private void Take(AuditLine line)
    {
        switch (line)
        {
            case { Head: { Format: AuditExport.Format, Version: AuditExport.Version } head } when _head is null:
                _head = head;
                Fingerprint = AuditSignature.Fingerprint(head.PublicKey);
                break;
            case { Anchor: { } anchor } when _chain is null:
                _anchors.Add(anchor);
                break;
            case { Link: { } link }:
                Take(link);
                break;
            case { Row: { } row }:
                Take(row);
                break;
            default:
                _findings.Add(AuditFault.FileUnreadable, Place(_lines + 1));
                break;
        }
    }

    private void Take(AuditLink link)
    {
        FinishLink();
        if (_chain is null)
        {
            StartChains();
        }

        if (link.Shard < _shard || link.Shard >= AuditLink.Shards)
        {
            _findings.Add(AuditFault.FileUnreadable, Place(_lines + 1));
            return;
        }

        while (link.Shard > _shard)
        {
            NextChain();
        }

        _chain!.Take(link);
        (_link, _rows) = (link, 0);
    }

    private void Take(AuditRow row)
    {
        if (_link is null || _rows >= _link.Rows.Length)
        {
            _findings.Add(AuditFault.RowNotLinked, ChainCheck.NameOf(row.Key));
            return;
        }

        // Rows that are not in the file are skipped; they are missing.
        while (_rows < _link.Rows.Length && _link.Rows[_rows].Key != row.Key)
        {
            ChainCheck.Compare(_link.Rows[_rows++], null, _findings);
        }

        if (_rows == _link.Rows.Length)
        {
            _findings.Add(AuditFault.RowNotLinked, ChainCheck.NameOf(row.Key));
            return;
        }

        // The key that the link names is the one in the row.
        var isSame = row.Find("subject") == row.Key.Subject && row.Find("record_key") == row.Key.Record;
        ChainCheck.Compare(_link.Rows[_rows++], isSame ? row : row with { Fields = [] }, _findings);
    }

    private void StartChains()
    {
        if (_head!.After is { } after)
        {
            _before = _anchors.FirstOrDefault();
            if (_before?.Day != after)
            {
                _findings.Add(AuditFault.FileIncomplete, "the anchor it begins with is missing");
            }
        }

        ChainCheck.Anchors(_before, _before is null ? _anchors : _anchors.Skip(1), _head.PublicKey, _findings);
        NextChain();
    }

    private void NextChain()
    {
        _chain?.End();
        _shard++;
        _chain = new ChainCheck(_shard, _before, _before is null ? _anchors : _anchors.Skip(1), _findings);
    }

    private void FinishLink()
    {
        for (; _link is not null && _rows < _link.Rows.Length; _rows++)
        {
            ChainCheck.Compare(_link.Rows[_rows], null, _findings);
        }

        _link = null;
    }

    private void End(AuditFileEnd end, byte[] sum)
    {
        _end = end;
        if (end.Lines != _lines || end.Sha256 != Convert.ToHexStringLower(sum))
        {
            _findings.Add(AuditFault.FileIncomplete, "lines were changed, added or removed");
        }

        if (!AuditSignature.Fits(_head!.PublicKey, sum, end.Signature))
        {
            _findings.Add(AuditFault.SignatureWrong, "the end of the file");
        }
    }

    private void Finish()
    {
        FinishLink();
        if (_head is null)
        {
            _findings.Add(AuditFault.FileUnreadable, "it is no export of an audit log");
            return;
        }

        if (_chain is null)
        {
            StartChains();
        }

        while (_shard < AuditLink.Shards - 1)
        {
            NextChain();
        }

        _chain!.End();
        if (_end is null)
        {
            _findings.Add(AuditFault.FileIncomplete, "its end is missing");
        }
    }
}
