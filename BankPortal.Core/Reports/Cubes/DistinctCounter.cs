using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Counts different values in 4 KB at most: exact up to 1,000, then by HyperLogLog with a standard error of 1.6 %. Two can be added,
/// and the order makes no difference. Not thread-safe.
/// </summary>
public sealed class DistinctCounter
{
    /// <summary>Up to how many different values the count is exact.</summary>
    public const int ExactTo = 1_000;

    private const int IndexBits = 12;
    private const int Registers = 1 << IndexBits;

    private HashSet<ulong>? _values = [];
    private byte[]? _registers;

    /// <summary>Adds a value.</summary>
    public void Add(string value)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(value), hash);
        AddHash(BitConverter.ToUInt64(hash));
    }

    /// <summary>Adds the values of another one.</summary>
    public void Add(DistinctCounter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var value in other._values ?? [])
        {
            AddHash(value);
        }

        if (other._registers is { } registers)
        {
            var own = ToRegisters();
            for (var i = 0; i < Registers; i++)
            {
                own[i] = Math.Max(own[i], registers[i]);
            }
        }
    }

    /// <summary>How many different values there are.</summary>
    public long Count()
    {
        if (_values is { } values)
        {
            return values.Count;
        }

        // Flajolet et al. 2007, with the count of empty registers for small numbers.
        var (sum, empty) = (0.0, 0);
        foreach (var register in _registers!)
        {
            sum += Math.ScaleB(1, -register);
            empty += register == 0 ? 1 : 0;
        }

        var estimate = 0.7213 / (1 + (1.079 / Registers)) * Registers * Registers / sum;
        return (long)Math.Round(estimate <= 2.5 * Registers && empty > 0 ? Registers * Math.Log((double)Registers / empty) : estimate);
    }

    /// <summary>Writes the values.</summary>
    internal void Write(BinaryWriter writer)
    {
        if (_registers is { } registers)
        {
            writer.Write7BitEncodedInt(-1);
            writer.Write(registers);
            return;
        }

        writer.Write7BitEncodedInt(_values!.Count);
        foreach (var value in _values.Order())
        {
            writer.Write(value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static DistinctCounter Read(BinaryReader reader)
    {
        var counter = new DistinctCounter();
        var count = reader.Read7BitEncodedInt();
        if (count < 0)
        {
            (counter._values, counter._registers) = (null, reader.ReadBytes(Registers));
        }

        for (var i = 0; i < count; i++)
        {
            counter.AddHash(reader.ReadUInt64());
        }

        return counter;
    }

    private void AddHash(ulong hash)
    {
        if (_values is { } values)
        {
            values.Add(hash);
            if (values.Count > ExactTo)
            {
                ToRegisters();
            }

            return;
        }

        var index = (int)(hash & (Registers - 1));
        var rank = (byte)(BitOperations.LeadingZeroCount(hash >> IndexBits) - IndexBits + 1);
        _registers![index] = Math.Max(_registers[index], rank);
    }

    private byte[] ToRegisters()
    {
        if (_registers is null)
        {
            var values = _values!;
            (_values, _registers) = (null, new byte[Registers]);
            foreach (var value in values)
            {
                AddHash(value);
            }
        }

        return _registers;
    }
}
