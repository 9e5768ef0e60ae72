using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Ledger.Verification;

/// <summary>
/// Compares two large collections in constant memory: what is expected is added, what is found is taken off, each as a
/// keyed hash, in one of a fixed number of buckets. A bucket at zero holds the same on both sides, whatever the order they
/// came in; one that is not is worth reading again. The key is new each time, so rows that cancel each other out cannot be prepared.
/// </summary>
internal sealed class LedgerFingerprint
{
    /// <summary>Over how many buckets ids are spread.</summary>
    public const int Buckets = 4096;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly UInt128[] _sums = new UInt128[Buckets];
    private readonly int[] _rows = new int[Buckets];

    /// <summary>The bucket of an id.</summary>
    public static int BucketOf(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return (int)((hash ^ (hash >> 16)) % Buckets);
    }

    /// <summary>How many rows would have to be kept to look into a bucket.</summary>
    public int RowsIn(int bucket) => _rows[bucket];

    /// <summary>Whether both sides of a bucket are the same.</summary>
    public bool IsEven(int bucket) => _sums[bucket] == UInt128.Zero;

    /// <summary>Counts a row of the id's bucket.</summary>
    public void Count(string id) => _rows[BucketOf(id)]++;

    /// <summary>Something that the other side must have too.</summary>
    public void Expect(string id, string what) => Add(id, Hash(id, what), negative: false);

    /// <summary>Something that the other side must have expected.</summary>
    public void Find(string id, string what) => Add(id, Hash(id, what), negative: true);

    /// <summary>A part of a sum that the other side must come to as well, in parts of its own.</summary>
    public void ExpectSum(string id, long part) => AddSum(id, part, negative: false);

    /// <summary>A part of the other side of a sum.</summary>
    public void FindSum(string id, long part) => AddSum(id, part, negative: true);

    private void AddSum(string id, long part, bool negative) => Add(id, unchecked(Hash(id, "sum") * (UInt128)(Int128)part), negative);

    private void Add(string id, UInt128 hash, bool negative)
    {
        var bucket = BucketOf(id);
        _sums[bucket] = unchecked(negative ? _sums[bucket] - hash : _sums[bucket] + hash);
    }

    private UInt128 Hash(string id, string what)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id + "\n" + what), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
