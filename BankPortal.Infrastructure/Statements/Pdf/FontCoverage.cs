using System.Buffers.Binary;
using System.Text;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>The characters that a TrueType font has glyphs for, read from its table <c>cmap</c>. Immutable, thread-safe.</summary>
internal sealed class FontCoverage
{
    // Both ends of each range, in order.
    private readonly List<(uint First, uint Last)> _ranges = [];

    /// <summary>Reads a font.</summary>
    /// <exception cref="InvalidDataException">It has no table of characters that this code can read.</exception>
    public FontCoverage(ReadOnlySpan<byte> font)
    {
        var cmap = TableOf(font, "cmap"u8);
        var tables = U16(cmap, 2);
        (int Format, int Offset) best = default;
        for (var i = 0; i < tables; i++)
        {
            var offset = (int)U32(cmap, 4 + (i * 8) + 4);
            var format = U16(cmap, offset);
            if (format is 4 or 12 && format > best.Format)
            {
                best = (format, offset);
            }
        }

        switch (best.Format)
        {
            case 12:
                ReadGroups(cmap[best.Offset..]);
                break;
            case 4:
                ReadSegments(cmap[best.Offset..]);
                break;
            default:
                throw new InvalidDataException("The font has no table of characters of format 4 or 12.");
        }
    }

    /// <summary>Whether the font has a glyph for the character.</summary>
    public bool Has(Rune character)
    {
        var code = (uint)character.Value;
        var (low, high) = (0, _ranges.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (code < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (code > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> TableOf(ReadOnlySpan<byte> font, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < U16(font, 4); i++)
        {
            var record = font.Slice(12 + (i * 16), 16);
            if (record[..4].SequenceEqual(name))
            {
                return font.Slice((int)U32(record, 8), (int)U32(record, 12));
            }
        }

        throw new InvalidDataException("The font has no table of characters.");
    }

    private void ReadGroups(ReadOnlySpan<byte> table)
    {
        for (var i = 0; i < U32(table, 12); i++)
        {
            var group = table.Slice(16 + (i * 12), 12);
            _ranges.Add((U32(group, 0), U32(group, 4)));
        }
    }

    private void ReadSegments(ReadOnlySpan<byte> table)
    {
        var segments = U16(table, 6) / 2;
        for (var i = 0; i < segments; i++)
        {
            var (first, last) = (U16(table, 16 + (segments * 2) + (i * 2)), U16(table, 14 + (i * 2)));
            if (first != 0xFFFF)
            {
                _ranges.Add(((uint)first, (uint)last));
            }
        }
    }

    private static int U16(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data[at..]);

    private static uint U32(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
}
