using System.Text;
using System.Text.Json;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports.Runs;

/// <summary>What a report's run keeps: cells while it runs, the result when it is done. The first byte says which.</summary>
internal static class ReportRunContent
{
    private const byte CellsForm = 1;
    private const byte ResultForm = 2;

    /// <summary>Writes the cells so far: of the period, and of the one it is compared with.</summary>
    public static byte[] Write(IReadOnlyCollection<CubeRow> now, IReadOnlyCollection<CubeRow> before)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(CellsForm);
            foreach (var rows in new[] { now, before })
            {
                writer.Write7BitEncodedInt(rows.Count);
                foreach (var row in rows)
                {
                    var cells = row.Cells.Write();
                    writer.Write(row.From.DayNumber);
                    writer.Write7BitEncodedInt(cells.Length);
                    writer.Write(cells);
                }
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the cells so far.</summary>
    public static (List<CubeRow> Now, List<CubeRow> Before) ReadCells(ReadOnlyMemory<byte> content, CubeSpec cube, string scope)
    {
        if (content.Length == 0)
        {
            return ([], []);
        }

        using var reader = new BinaryReader(new MemoryStream(content.ToArray()), Encoding.UTF8);
        if (reader.ReadByte() != CellsForm)
        {
            throw new InvalidDataException("The run has no cells.");
        }

        return (Rows(), Rows());

        List<CubeRow> Rows()
        {
            var rows = new List<CubeRow>();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                var day = DateOnly.FromDayNumber(reader.ReadInt32());
                var cells = CubeCells.Read(reader.ReadBytes(reader.Read7BitEncodedInt()));
                rows.Add(new CubeRow(cube.Name, scope, false, day, cells));
            }

            return rows;
        }
    }

    /// <summary>Writes a result.</summary>
    public static byte[] Write(ReportResult result)
    {
        var kept = new Kept(
            result.Definition.ToString(), result.From, result.To, result.MadeAt, result.Columns, result.Lines, result.Total, result.Omitted,
            result.Notes);
        return [ResultForm, .. JsonSerializer.SerializeToUtf8Bytes(kept)];
    }

    /// <summary>Reads a result; <see langword="null"/> when there are cells.</summary>
    public static ReportResult? ReadResult(ReadOnlyMemory<byte> content)
    {
        if (content.Length == 0 || content.Span[0] != ResultForm)
        {
            return null;
        }

        var kept = JsonSerializer.Deserialize<Kept>(content.Span[1..]) ?? throw new InvalidDataException("The kept result is empty.");
        return new ReportResult
        {
            Definition = ReportAddress.Read(kept.Definition).Definition,
            From = kept.From,
            To = kept.To,
            MadeAt = kept.MadeAt,
            Columns = kept.Columns,
            Lines = kept.Lines,
            Total = kept.Total,
            Omitted = kept.Omitted,
            Notes = kept.Notes,
        };
    }

    private sealed record Kept(
        string Definition,
        DateOnly From,
        DateOnly To,
        DateTimeOffset MadeAt,
        ImmutableArray<string> Columns,
        ImmutableArray<ReportLine> Lines,
        ReportFigures? Total,
        int Omitted,
        ImmutableArray<string> Notes);
}
