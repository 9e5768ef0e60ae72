using System.IO.Compression;
using System.Text;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Cells by the values of their dimensions, which are joined to one text in the order of the cube. Two can be added. Not thread-safe.
/// </summary>
public sealed class CubeCells
{
    /// <summary>Divides the values of a key.</summary>
    public const char Divider = '|';

    // The form of what is stored. Readers refuse others.
    private const byte Form = 1;

    private readonly Dictionary<string, CubeCell> _cells = new(StringComparer.Ordinal);

    /// <summary>The cells by key.</summary>
    public IReadOnlyDictionary<string, CubeCell> All => _cells;

    /// <summary>Joins values to a key. A divider in a value is taken out.</summary>
    public static string KeyOf(params IEnumerable<string> values) =>
        string.Join(Divider, values.Select(value => value.Replace(Divider, '/')));

    /// <summary>The cell of a key, which is made when there is none.</summary>
    public CubeCell At(string key)
    {
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells[key] = cell = new CubeCell();
        }

        return cell;
    }

    /// <summary>Adds all cells of another one.</summary>
    public void Add(CubeCells other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (key, cell) in other._cells)
        {
            At(key).Add(cell);
        }
    }

    /// <summary>Writes the cells, compressed. Equal cells give equal bytes.</summary>
    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(Form);
        using (var compressed = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new BinaryWriter(compressed, Encoding.UTF8))
        {
            writer.Write7BitEncodedInt(_cells.Count);
            foreach (var (key, cell) in _cells.OrderBy(cell => cell.Key, StringComparer.Ordinal))
            {
                writer.Write(key);
                writer.Write7BitEncodedInt64(cell.Count);
                writer.Write7BitEncodedInt64(cell.Sum);
                writer.Write((byte)((cell.Amounts is null ? 0 : 1) | (cell.People is null ? 0 : 2)));
                if (cell.Amounts is { } amounts)
                {
                    writer.Write7BitEncodedInt(amounts.Buckets.Count);
                    var last = 0;
                    foreach (var (bucket, count) in amounts.Buckets)
                    {
                        writer.Write7BitEncodedInt(bucket - last);
                        writer.Write7BitEncodedInt64(count);
                        last = bucket;
                    }
                }

                cell.People?.Write(writer);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes have another form.</exception>
    public static CubeCells Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length == 0 || content.Span[0] != Form)
        {
            throw new InvalidDataException("The stored cells have an unexpected form.");
        }

        var cells = new CubeCells();
        using var bytes = new MemoryStream(content[1..].ToArray());
        using var plain = new DeflateStream(bytes, CompressionMode.Decompress);
        using var buffered = new BufferedStream(plain, 16_384);
        using var reader = new BinaryReader(buffered, Encoding.UTF8);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var cell = cells.At(reader.ReadString());
            cell.Add(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
            var flags = reader.ReadByte();
            AmountHistogram? amounts = null;
            if ((flags & 1) != 0)
            {
                amounts = new AmountHistogram();
                var bucket = 0;
                for (var buckets = reader.Read7BitEncodedInt(); buckets > 0; buckets--)
                {
                    bucket += reader.Read7BitEncodedInt();
                    amounts.AddBucket(bucket, reader.Read7BitEncodedInt64());
                }
            }

            cell.Restore(amounts, (flags & 2) != 0 ? DistinctCounter.Read(reader) : null);
        }

        return cells;
    }
}
