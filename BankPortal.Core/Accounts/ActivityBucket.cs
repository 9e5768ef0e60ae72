namespace BankPortal.Core.Accounts;

/// <summary>The movements of one account in one clock hour or one day. Sums and maxima are in minor units of its currency.</summary>
/// <param name="Period">The number of the hour or day since 1970, UTC.</param>
public readonly record struct ActivityBucket(long Period)
{
    /// <summary>The number of debits.</summary>
    public int Debits { get; init; }

    /// <summary>The sum of the debits, as a positive amount.</summary>
    public long DebitSum { get; init; }

    /// <summary>The largest debit, as a positive amount.</summary>
    public long DebitMax { get; init; }

    /// <summary>The number of credits.</summary>
    public int Credits { get; init; }

    /// <summary>The sum of the credits.</summary>
    public long CreditSum { get; init; }

    /// <summary>The largest credit.</summary>
    public long CreditMax { get; init; }

    /// <summary>The number of debits and credits of at least <see cref="AccountActivity.HighValue"/>.</summary>
    public int HighValue { get; init; }

    /// <summary>The number of cash movements, in and out.</summary>
    public int Cash { get; init; }

    /// <summary>The sum of the cash movements, as a positive amount.</summary>
    public long CashSum { get; init; }

    /// <summary>The number of cash movements just below the reporting threshold (see
    /// <see cref="AccountActivity.NearLimitShare"/>).</summary>
    public int NearLimitCash { get; init; }

    /// <summary>The number of tiny debits (see <see cref="AccountActivity.TinyAmount"/>). Kept for the current clock hour and the one
    /// before.</summary>
    public int TinyDebits { get; init; }

    /// <summary>The number of debits to accounts of the same owner. Kept for the current clock hour and the one before.</summary>
    public int OwnDebits { get; init; }

    /// <summary>The number of tiny debits to accounts of the same owner. Kept for the current clock hour and the one before.</summary>
    public int OwnTinyDebits { get; init; }

    /// <summary>Returns the bucket with one more movement, without what only hours count.</summary>
    internal ActivityBucket With(Movement movement)
    {
        var amount = Math.Abs(movement.Amount.MinorUnits);
        var major = movement.Amount.Abs().Amount;
        var counted = this with
        {
            HighValue = HighValue + (major >= AccountActivity.HighValue ? 1 : 0),
            Cash = Cash + (movement.IsCash ? 1 : 0),
            CashSum = CashSum + (movement.IsCash ? amount : 0),
            NearLimitCash = NearLimitCash + (movement.IsCash && AccountActivity.IsNearLimit(major) ? 1 : 0),
        };
        return movement.Amount.IsNegative
            ? counted with { Debits = Debits + 1, DebitSum = DebitSum + amount, DebitMax = Math.Max(DebitMax, amount) }
            : counted with { Credits = Credits + 1, CreditSum = CreditSum + amount, CreditMax = Math.Max(CreditMax, amount) };
    }

    /// <summary>Counts what only the latest hours keep of a movement.</summary>
    internal ActivityBucket WithHourDetails(Movement movement)
    {
        if (!movement.Amount.IsNegative)
        {
            return this;
        }

        var tiny = movement.Amount.Abs().Amount <= AccountActivity.TinyAmount ? 1 : 0;
        return this with
        {
            TinyDebits = TinyDebits + tiny,
            OwnDebits = OwnDebits + (movement.IsOwn ? 1 : 0),
            OwnTinyDebits = OwnTinyDebits + (movement.IsOwn ? tiny : 0),
        };
    }

    /// <summary>Returns the bucket without what only the latest hours keep.</summary>
    internal ActivityBucket WithoutHourDetails() => this with { TinyDebits = 0, OwnDebits = 0, OwnTinyDebits = 0 };

    /// <summary>Returns a bucket with the cash alone.</summary>
    internal ActivityBucket OnlyCash() => new(Period) { Cash = Cash, CashSum = CashSum, NearLimitCash = NearLimitCash };

    /// <summary>Returns the sum of this bucket and another, with the later period.</summary>
    internal ActivityBucket Plus(in ActivityBucket other) => new(Math.Max(Period, other.Period))
    {
        Debits = Debits + other.Debits,
        DebitSum = DebitSum + other.DebitSum,
        DebitMax = Math.Max(DebitMax, other.DebitMax),
        Credits = Credits + other.Credits,
        CreditSum = CreditSum + other.CreditSum,
        CreditMax = Math.Max(CreditMax, other.CreditMax),
        HighValue = HighValue + other.HighValue,
        Cash = Cash + other.Cash,
        CashSum = CashSum + other.CashSum,
        NearLimitCash = NearLimitCash + other.NearLimitCash,
        TinyDebits = TinyDebits + other.TinyDebits,
        OwnDebits = OwnDebits + other.OwnDebits,
        OwnTinyDebits = OwnTinyDebits + other.OwnTinyDebits,
    };
}
