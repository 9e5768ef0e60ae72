using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Totals over entries of customer accounts in one currency, with break-downs. The order in which entries are added makes no
/// difference, so parts that are summed apart can be added. Immutable; its size does not depend on the number of entries.
/// </summary>
public sealed record BankTotals
{
    /// <summary>The break-down by kind of transfer.</summary>
    public const string Kind = "kind";

    /// <summary>The break-down by <see cref="BankChannel"/>.</summary>
    public const string Channel = "channel";

    /// <summary>The break-down by hour of the bank's clock, 00 to 23.</summary>
    public const string Hour = "hour";

    /// <summary>The break-down by day of the week.</summary>
    public const string Weekday = "weekday";

    /// <summary>The break-down by account type.</summary>
    public const string Type = "type";

    /// <summary>The break-down by the month in which the account was opened, such as 2026-03.</summary>
    public const string Cohort = "cohort";

    private const int ChecksumLength = 32;

    // Before None, which is made from it.
    private static readonly ImmutableSortedDictionary<string, FlowSum> EmptyParts =
        ImmutableSortedDictionary.Create<string, FlowSum>(StringComparer.Ordinal);

    /// <summary>Nothing.</summary>
    public static BankTotals None { get; } = new();

    /// <summary>All entries.</summary>
    public FlowSum All { get; init; }

    /// <summary>The entries whose money only moved between accounts of one owner.</summary>
    public FlowSum Own { get; init; }

    /// <summary>The break-downs: the name and the part, such as <c>kind:Deposit</c>.</summary>
    public ImmutableSortedDictionary<string, FlowSum> Parts { get; init; } = EmptyParts;

    /// <summary>
    /// The checksum against the ledger, in hexadecimal: the sum, modulo 2^256, of SHA-256 over account, number, transfer, amount, time and
    /// kind of each entry.
    /// </summary>
    public string Checksum { get; init; } = new('0', ChecksumLength * 2);

    /// <summary>The parts of one break-down, by name in order.</summary>
    public IEnumerable<KeyValuePair<string, FlowSum>> By(string breakDown) => Parts
        .Where(part => part.Key.Length > breakDown.Length + 1
            && part.Key[breakDown.Length] == ':'
            && part.Key.StartsWith(breakDown, StringComparison.Ordinal))
        .Select(part => KeyValuePair.Create(part.Key[(breakDown.Length + 1)..], part.Value));

    /// <summary>Both together.</summary>
    public BankTotals Plus(BankTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var parts = Parts.ToBuilder();
        foreach (var (name, sum) in other.Parts)
        {
            parts[name] = parts.GetValueOrDefault(name).Plus(sum);
        }

        var checksum = Convert.FromHexString(Checksum);
        Add(checksum, Convert.FromHexString(other.Checksum));
        return new BankTotals
        {
            All = All.Plus(other.All),
            Own = Own.Plus(other.Own),
            Parts = parts.ToImmutable(),
            Checksum = Convert.ToHexStringLower(checksum),
        };
    }

    /// <inheritdoc/>
    public bool Equals(BankTotals? other) =>
        other is not null && All == other.All && Own == other.Own && Checksum == other.Checksum && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(All, Own, Checksum);

    private static void Add(Span<byte> sum, ReadOnlySpan<byte> more)
    {
        var carry = 0;
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            carry += sum[i] + more[i];
            sum[i] = (byte)(carry & 0xFF);
            carry >>= 8;
        }
    }

    /// <summary>Adds entries one by one. Not thread-safe.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<string, FlowSum> _parts = new(StringComparer.Ordinal);
        private readonly byte[] _checksum = new byte[ChecksumLength];
        private FlowSum _all;
        private FlowSum _own;

        /// <summary>Adds one leg of a posted transfer.</summary>
        /// <param name="transfer">The transfer.</param>
        /// <param name="accountId">The customer account of the leg.</param>
        /// <param name="type">Its type.</param>
        /// <param name="isCredit">Which leg it is.</param>
        /// <param name="localTime">When it was posted, by the bank's clock.</param>
        /// <param name="localOpened">When the account was opened, by the bank's clock.</param>
        public void Add(
            Transfer transfer, string accountId, AccountType type, bool isCredit, DateTime localTime, DateTime localOpened)
        {
            var amount = isCredit ? transfer.Amount.MinorUnits : -transfer.Amount.MinorUnits;
            _all = _all.Plus(amount);
            _own = transfer.IsBetweenOwnAccounts ? _own.Plus(amount) : _own;
            Add(Kind, transfer.Kind.ToString(), amount);
            Add(Channel, transfer.Kind.Channel().ToString(), amount);
            Add(Hour, localTime.Hour.ToString("00", CultureInfo.InvariantCulture), amount);
            Add(Weekday, localTime.DayOfWeek.ToString(), amount);
            Add(Type, type.ToString(), amount);
            Add(Cohort, localOpened.ToString("yyyy-MM", CultureInfo.InvariantCulture), amount);

            var sequence = isCredit ? transfer.CreditSequence : transfer.DebitSequence;
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{accountId}|{sequence}|{transfer.Id}|{amount}|{transfer.PostedAt!.Value.UtcTicks}|{transfer.Kind}");
            Span<byte> hash = stackalloc byte[ChecksumLength];
            SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
            BankTotals.Add(_checksum, hash);
        }

        /// <summary>The totals so far.</summary>
        public BankTotals ToTotals() => new()
        {
            All = _all,
            Own = _own,
            Parts = EmptyParts.AddRange(_parts),
            Checksum = Convert.ToHexStringLower(_checksum),
        };

        private void Add(string breakDown, string part, long amount)
        {
            var name = breakDown + ":" + part;
            _parts[name] = _parts.GetValueOrDefault(name).Plus(amount);
        }
    }
}
