using System.Numerics;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>
/// Encodes the activity window of an account in a few bytes. It is part of the account row and written with every movement, so its size
/// costs write units: numbers use LEB128, zeros take no space, and periods and times are stored as differences.
/// </summary>
internal static class ActivityBytes
{
    private const byte FormatVersion = 1;

    /// <summary>Encodes an activity window; <see langword="null"/> when it is empty.</summary>
    public static byte[]? Format(AccountActivity activity)
    {
        if (activity.Hours.IsEmpty
            && activity.Days.IsEmpty
            && activity.RecentDebits.IsEmpty
            && activity.Parties.IsEmpty
            && activity.Inflow is null)
        {
            return null;
        }

        using var stream = new MemoryStream(256);
        using var writer = new BinaryWriter(stream);
        writer.Write(FormatVersion);
        Write(writer, activity.Hours);
        Write(writer, activity.Days);

        writer.Write7BitEncodedInt(activity.RecentDebits.Length);
        var later = 0L;
        foreach (var debit in activity.RecentDebits)
        {
            var at = debit.At.ToUnixTimeMilliseconds();
            writer.Write7BitEncodedInt64(later == 0 ? at : later - at);
            writer.Write7BitEncodedInt64(debit.Amount);
            writer.Write(debit.Party);
            later = at;
        }

        writer.Write7BitEncodedInt(activity.Parties.Length);
        later = 0;
        foreach (var party in activity.Parties)
        {
            var distance = later == 0 ? party.Hour : later - party.Hour;
            writer.Write7BitEncodedInt64((distance << 1) | (party.IsReceiver ? 1L : 0L));
            writer.Write(party.Party);
            later = party.Hour;
        }

        writer.Write(activity.Inflow is not null);
        if (activity.Inflow is { } flow)
        {
            writer.Write7BitEncodedInt64(flow.At.ToUnixTimeMilliseconds());
            writer.Write7BitEncodedInt64(flow.Amount);
            writer.Write7BitEncodedInt64(flow.PassedOn);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Decodes what <see cref="Format"/> encoded; without the use of the daily limit, which has its own attributes.</summary>
    /// <exception cref="InvalidDataException">The bytes have a format this version does not know.</exception>
    public static AccountActivity Parse(byte[]? bytes)
    {
        if (bytes is null)
        {
            return AccountActivity.None;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (reader.ReadByte() != FormatVersion)
        {
            throw new InvalidDataException("The account's activity has an unknown form.");
        }

        return new AccountActivity
        {
            Hours = ReadBuckets(reader),
            Days = ReadBuckets(reader),
            RecentDebits = ReadDebits(reader),
            Parties = ReadParties(reader),
            Inflow = reader.ReadBoolean()
                ? new Inflow(ReadTime(reader.Read7BitEncodedInt64()), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64())
                : null,
        };
    }

    private static void Write(BinaryWriter writer, ImmutableArray<ActivityBucket> buckets)
    {
        writer.Write7BitEncodedInt(buckets.Length);
        var earlier = 0L;
        Span<long> values = stackalloc long[10];
        foreach (var bucket in buckets)
        {
            writer.Write7BitEncodedInt64(bucket.Period - earlier);
            earlier = bucket.Period;

            values[0] = bucket.Debits;
            values[1] = bucket.DebitSum;
            values[2] = bucket.DebitMax;
            values[3] = bucket.Credits;
            values[4] = bucket.CreditSum;
            values[5] = bucket.CreditMax;
            values[6] = bucket.HighValue;
            values[7] = bucket.Cash;
            values[8] = bucket.CashSum;
            values[9] = bucket.NearLimitCash;
            var present = 0;
            for (var i = 0; i < values.Length; i++)
            {
                present |= values[i] == 0 ? 0 : 1 << i;
            }

            writer.Write7BitEncodedInt(present);
            foreach (var value in values)
            {
                if (value != 0)
                {
                    writer.Write7BitEncodedInt64(value);
                }
            }
        }
    }

    private static ImmutableArray<ActivityBucket> ReadBuckets(BinaryReader reader)
    {
        var buckets = ImmutableArray.CreateBuilder<ActivityBucket>(reader.Read7BitEncodedInt());
        var period = 0L;
        Span<long> values = stackalloc long[10];
        while (buckets.Count < buckets.Capacity)
        {
            period += reader.Read7BitEncodedInt64();
            var present = (uint)reader.Read7BitEncodedInt();
            values.Clear();
            for (; present != 0; present &= present - 1)
            {
                values[BitOperations.TrailingZeroCount(present)] = reader.Read7BitEncodedInt64();
            }

            buckets.Add(new ActivityBucket(period)
            {
                Debits = (int)values[0],
                DebitSum = values[1],
                DebitMax = values[2],
                Credits = (int)values[3],
                CreditSum = values[4],
                CreditMax = values[5],
                HighValue = (int)values[6],
                Cash = (int)values[7],
                CashSum = values[8],
                NearLimitCash = (int)values[9],
            });
        }

        return buckets.MoveToImmutable();
    }

    private static ImmutableArray<RecentDebit> ReadDebits(BinaryReader reader)
    {
        var debits = ImmutableArray.CreateBuilder<RecentDebit>(reader.Read7BitEncodedInt());
        var at = 0L;
        while (debits.Count < debits.Capacity)
        {
            var distance = reader.Read7BitEncodedInt64();
            at = debits.Count == 0 ? distance : at - distance;
            debits.Add(new RecentDebit(ReadTime(at), reader.Read7BitEncodedInt64(), reader.ReadUInt32()));
        }

        return debits.MoveToImmutable();
    }

    private static ImmutableArray<RecentParty> ReadParties(BinaryReader reader)
    {
        var parties = ImmutableArray.CreateBuilder<RecentParty>(reader.Read7BitEncodedInt());
        var hour = 0L;
        while (parties.Count < parties.Capacity)
        {
            var both = reader.Read7BitEncodedInt64();
            hour = parties.Count == 0 ? both >> 1 : hour - (both >> 1);
            parties.Add(new RecentParty(hour, reader.ReadUInt32(), (both & 1) == 1));
        }

        return parties.MoveToImmutable();
    }

    private static DateTimeOffset ReadTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
