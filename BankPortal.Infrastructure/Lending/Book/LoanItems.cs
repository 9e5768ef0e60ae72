using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Infrastructure.Lending.Book;

/// <summary>Turns loans and their events into rows and back. What people wrote is encrypted.</summary>
internal sealed class LoanItems(IFieldProtector protector)
{
    public const string Part = "part";
    public const string Item = "item_key";
    public const string Version = "version";
    public const string LoanId = "loan_id";
    public const string DueShard = "due_shard";
    public const string DueAt = "due_at";
    public const string BookPart = "book_part";
    public const string LoanKey = "loan";
    public const string EventPrefix = "event#";

    private const string PurposeText = "lending.purpose";
    private const string ReasonText = "lending.reason";

    public static string PartOf(string loanId) => "loan#" + loanId;

    public static string OwnerPartOf(string ownerId) => "owner#" + ownerId;

    public static string DueShardOf(int shard) => "due#" + shard.ToString(CultureInfo.InvariantCulture);

    public static string BookPartOf(LoanStatus status, int shard) => $"{status}#{shard.ToString(CultureInfo.InvariantCulture)}";

    // Ids are evenly spread over their alphabet.
    public static int ShardOf(string loanId) => loanId[^1] % ILoanStore.Shards;

    public static Dictionary<string, AttributeValue> Key(string part, string item) =>
        new(StringComparer.Ordinal) { [Part] = Attr.S(part), [Item] = Attr.S(item) };

    public static Dictionary<string, AttributeValue> ToOwnerItem(Loan loan) =>
        new ItemWriter().Set(Part, OwnerPartOf(loan.OwnerId)).Set(Item, LoanKey + "#" + loan.Id).Set(LoanId, loan.Id).ToItem();

    public Dictionary<string, AttributeValue> ToItem(Loan loan) => new ItemWriter()
        .Set(Part, PartOf(loan.Id))
        .Set(Item, LoanKey)
        .Set(LoanId, loan.Id)
        .Set(Version, (long?)loan.Version)
        .Set("owner_id", loan.OwnerId)
        .Set("account_id", loan.AccountId)
        .Set("product", loan.Product)
        .Set("product_name", loan.ProductName)
        .Set("currency", loan.Terms.Amount.Currency.Code)
        .Set("amount", (long?)loan.Terms.Amount.MinorUnits)
        .Set("rate", (decimal?)loan.Terms.Rate)
        .Set("months", (long?)loan.Terms.Months)
        .Set("method", loan.Terms.Method)
        .Set("arrangement_fee", (long?)loan.Terms.ArrangementFee.MinorUnits)
        .Set("late_fee", (long?)loan.Terms.LateFee.MinorUnits)
        .Set("grace_days", (long?)loan.Terms.GraceDays)
        .Set("instalment", (long?)loan.Terms.Instalment?.MinorUnits)
        .Set("status", loan.Status)
        .Set(BookPart, BookPartOf(loan.Status, ShardOf(loan.Id)))
        .Set("applied_at", (DateTimeOffset?)loan.AppliedAt)
        .Set("purpose", loan.Purpose.Length == 0 ? null : protector.Protect(PurposeText, loan.Purpose))
        .SetMap("affordability", loan.Affordability is { } figures ? new ItemWriter()
            .Set("months", (long?)figures.Months)
            .Set("in", (long?)figures.MonthlyIn.MinorUnits)
            .Set("out", (long?)figures.MonthlyOut.MinorUnits)
            .Set("existing", (long?)figures.ExistingInstalments.MinorUnits)
            .Set("instalment", (long?)figures.NewInstalment.MinorUnits)
            .ToItem() : null)
        .Set("events", (long?)loan.Events)
        .SetMap("pending", loan.Pending is { } pending ? Write(new ItemWriter(), pending).ToItem() : null)
        .Set(DueShard, loan.NextRunAt is null ? null : DueShardOf(ShardOf(loan.Id)))
        .Set(DueAt, loan.NextRunAt)
        .Set("due_recorded", loan.DueRecorded == 0 ? null : (long?)loan.DueRecorded)
        .Set("holiday_approval", loan.HolidayApproval)
        .Set("holiday_months", loan.HolidayMonths == 0 ? null : (long?)loan.HolidayMonths)
        .Set("write_off_approval", loan.WriteOffApproval)
        .Set("source", loan.Source)
        .Set("paid_out_on", loan.Figures.PaidOutOn)
        .Set("closed_on", loan.Figures.ClosedOn)
        .Set("outstanding", (long?)loan.Figures.Outstanding)
        .Set("due", (long?)loan.Figures.Due)
        .Set("unpaid_since", loan.Figures.UnpaidSince)
        .Set("next_due_on", loan.Figures.NextDueOn)
        .Set("next_amount", (long?)loan.Figures.NextAmount)
        .Set("remaining", (long?)loan.Figures.Remaining)
        .Set("written_off", loan.Figures.WrittenOff == 0 ? null : (long?)loan.Figures.WrittenOff)
        .Set("recovered", loan.Figures.Recovered == 0 ? null : (long?)loan.Figures.Recovered)
        .ToItem();

    public Dictionary<string, AttributeValue> ToItem(Loan loan, LoanEvent happened) => Write(
        new ItemWriter()
            .Set(Part, PartOf(loan.Id))
            .Set(Item, EventPrefix + happened.Sequence.ToString("D6", CultureInfo.InvariantCulture)),
        happened).ToItem();

    public Loan ToLoan(ItemReader row)
    {
        var currency = Currency.Of(row.String("currency"));
        var figures = row.Has("affordability") ? row.Map("affordability") : (ItemReader?)null;
        return new Loan
        {
            Id = row.String(LoanId),
            Version = row.Long(Version),
            OwnerId = row.String("owner_id"),
            AccountId = row.String("account_id"),
            Product = row.String("product"),
            ProductName = row.String("product_name"),
            Terms = new LoanTerms
            {
                Amount = Amount("amount"),
                Rate = row.Decimal("rate"),
                Months = row.Int("months"),
                Method = row.Enum<RepaymentMethod>("method"),
                ArrangementFee = Amount("arrangement_fee"),
                LateFee = Amount("late_fee"),
                GraceDays = row.Int("grace_days"),
                Instalment = row.LongOrNull("instalment") is { } instalment ? new Money(instalment, currency) : null,
            },
            Status = row.Enum<LoanStatus>("status"),
            AppliedAt = row.Time("applied_at"),
            Purpose = row.StringOrNull("purpose") is { } purpose ? protector.Unprotect(PurposeText, purpose) : "",
            Affordability = figures is { } read
                ? new Affordability(
                    read.Int("months"),
                    new Money(read.Long("in"), currency),
                    new Money(read.Long("out"), currency),
                    new Money(read.Long("existing"), currency),
                    new Money(read.Long("instalment"), currency))
                : null,
            Events = row.Int("events"),
            Pending = row.Has("pending") ? ToEvent(row.Map("pending")) : null,
            NextRunAt = row.TimeOrNull(DueAt),
            DueRecorded = row.IntOrNull("due_recorded") ?? 0,
            HolidayApproval = row.StringOrNull("holiday_approval"),
            HolidayMonths = row.IntOrNull("holiday_months") ?? 0,
            WriteOffApproval = row.StringOrNull("write_off_approval"),
            Source = row.StringOrNull("source"),
            Figures = new LoanFigures
            {
                PaidOutOn = row.DayOrNull("paid_out_on"),
                ClosedOn = row.DayOrNull("closed_on"),
                Outstanding = row.Long("outstanding"),
                Due = row.Long("due"),
                UnpaidSince = row.DayOrNull("unpaid_since"),
                NextDueOn = row.DayOrNull("next_due_on"),
                NextAmount = row.Long("next_amount"),
                Remaining = row.Int("remaining"),
                WrittenOff = row.LongOrNull("written_off") ?? 0,
                Recovered = row.LongOrNull("recovered") ?? 0,
            },
        };

        Money Amount(string name) => new(row.Long(name), currency);
    }

    public LoanEvent ToEvent(ItemReader row) => new()
    {
        Sequence = row.Int("sequence"),
        Kind = row.Enum<LoanEventKind>("kind"),
        On = row.Day("on"),
        At = row.Time("at"),
        Instalment = row.IntOrNull("number") ?? 0,
        Principal = row.LongOrNull("principal") ?? 0,
        Interest = row.LongOrNull("interest") ?? 0,
        Fees = row.LongOrNull("fees") ?? 0,
        Months = row.IntOrNull("months") ?? 0,
        Effect = row.EnumOrNull<EarlyEffect>("effect"),
        Transfers = row.StringOrNull("transfers") is { } transfers ? [.. transfers.Split(' ')] : [],
        By = row.StringOrNull("by") ?? Actor.SystemUserId,
        Reason = row.StringOrNull("reason") is { } reason ? protector.Unprotect(ReasonText, reason) : null,
    };

    // What is zero or usual is not stored.
    private ItemWriter Write(ItemWriter writer, LoanEvent happened) => writer
        .Set("sequence", (long?)happened.Sequence)
        .Set("kind", happened.Kind)
        .Set("on", (DateOnly?)happened.On)
        .Set("at", (DateTimeOffset?)happened.At)
        .Set("number", NotZero(happened.Instalment))
        .Set("principal", NotZero(happened.Principal))
        .Set("interest", NotZero(happened.Interest))
        .Set("fees", NotZero(happened.Fees))
        .Set("months", NotZero(happened.Months))
        .Set("effect", happened.Effect)
        .Set("transfers", happened.Transfers.IsEmpty ? null : string.Join(' ', happened.Transfers))
        .Set("by", happened.By == Actor.SystemUserId ? null : happened.By)
        .Set("reason", happened.Reason is { Length: > 0 } reason ? protector.Protect(ReasonText, reason) : null);

    private static long? NotZero(long value) => value == 0 ? null : value;
}
