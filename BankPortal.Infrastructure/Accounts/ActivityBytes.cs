using System.Numerics;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>
/// Encodes the activity window of an account in a few bytes. It is part of the account row and written with every movement, so its size
/// costs write units: numbers use LEB128, zeros take no space, and periods and times are stored as differences. What was added later stands
/// at the end, where earlier versions of the portal do not look.
/// </summary>
internal static class ActivityBytes
{
    private const byte FormatVersion = 1;
    private const byte DetailsVersion = 1;

    // How many clock hours rows without details have: the current one and 23 before it.
    private const int HoursWithoutDetails = 24;

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

        WriteDetails(writer, activity);
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

        var activity = new AccountActivity
        {
            Hours = ReadBuckets(reader),
            Days = ReadBuckets(reader),
            RecentDebits = ReadDebits(reader),
            Parties = ReadParties(reader),
            Inflow = reader.ReadBoolean()
                ? new Inflow(ReadTime(reader.Read7BitEncodedInt64()), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64())
                : null,
        };
        return reader.BaseStream.Position == bytes.Length
            ? activity with { Hours = WithEarlierCash(activity.Hours, activity.Days) }
            : WithDetails(reader, activity);
    }

    private static void WriteDetails(BinaryWriter writer, AccountActivity activity)
    {
        writer.Write(DetailsVersion);
        var own = 0;
        for (var i = 0; i < activity.RecentDebits.Length; i++)
        {
            own |= activity.RecentDebits[i].IsOwn ? 1 << i : 0;
        }

        writer.Write7BitEncodedInt(own);
        writer.Write7BitEncodedInt(activity.Hours.Count(HasDetails));
        for (var i = 0; i < activity.Hours.Length; i++)
        {
            if (activity.Hours[i] is var hour && HasDetails(hour))
            {
                writer.Write7BitEncodedInt(i);
                writer.Write7BitEncodedInt(hour.TinyDebits);
                writer.Write7BitEncodedInt(hour.OwnDebits);
                writer.Write7BitEncodedInt(hour.OwnTinyDebits);
            }
        }
    }

    private static bool HasDetails(ActivityBucket hour) => hour.TinyDebits > 0 || hour.OwnDebits > 0;

    private static AccountActivity WithDetails(BinaryReader reader, AccountActivity activity)
    {
        if (reader.ReadByte() != DetailsVersion)
        {
            throw new InvalidDataException("The account's activity has an unknown form.");
        }

        var own = reader.Read7BitEncodedInt();
        var debits = own == 0
            ? activity.RecentDebits
            : [.. activity.RecentDebits.Select((debit, i) => debit with { IsOwn = (own >> i & 1) == 1 })];
        var hours = activity.Hours;
        for (var rest = reader.Read7BitEncodedInt(); rest > 0; rest--)
        {
            var i = reader.Read7BitEncodedInt();
            hours = hours.SetItem(i, hours[i] with
            {
                TinyDebits = reader.Read7BitEncodedInt(),
                OwnDebits = reader.Read7BitEncodedInt(),
                OwnTinyDebits = reader.Read7BitEncodedInt(),
            });
        }

        return activity with { RecentDebits = debits, Hours = hours };
    }

    // Rows of earlier versions have 24 clock hours, and cash before those by the day only. It is put into the latest hour in which it can
    // have happened, so that no window is shorter than its name.
    private static ImmutableArray<ActivityBucket> WithEarlierCash(ImmutableArray<ActivityBucket> hours, ImmutableArray<ActivityBucket> days)
    {
        if (hours.IsEmpty)
        {
            return hours;
        }

        var newest = hours.Max(hour => hour.Period);
        var known = newest - HoursWithoutDetails + 1;
        var earlier = ImmutableArray.CreateBuilder<ActivityBucket>();
        foreach (var day in days)
        {
            var at = Math.Min((day.Period * 24) + 23, known - 1);
            if (day.Cash == 0 || at < newest - AccountActivity.CashHours || at < day.Period * 24)
            {
                continue;
            }

            var counted = hours.Where(hour => hour.Period / 24 == day.Period).ToList();
            var rest = new ActivityBucket(at)
            {
                Cash = day.Cash - counted.Sum(hour => hour.Cash),
                CashSum = day.CashSum - counted.Sum(hour => hour.CashSum),
                NearLimitCash = day.NearLimitCash - counted.Sum(hour => hour.NearLimitCash),
            };
            if (rest.Cash > 0)
            {
                earlier.Add(rest);
            }
        }

        return earlier.Count == 0 ? hours : [.. earlier, .. hours];
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
