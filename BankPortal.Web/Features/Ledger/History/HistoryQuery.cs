using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Ledger.History;

/// <summary>
/// The filters of the history as they stand in an address, so that every view can be bookmarked and shared. Days are the
/// reader's calendar days. Text that is no filter is kept and reported as an error of its field; it never throws.
/// </summary>
public sealed record HistoryQuery
{
    public const string TextName = "q";
    public const string AccountName = "account";
    public const string KindName = "kind";
    public const string DirectionName = "dir";
    public const string MinName = "min";
    public const string MaxName = "max";
    public const string FromName = "from";
    public const string ToName = "to";
    public const string CategoryName = "category";
    public const string WithName = "with";
    public const string DaysName = "days";
    public const string ZoneName = "zone";
    public const string SortName = "sort";
    public const string CursorName = "at";

    private const string In = "in";
    private const string Out = "out";
    private const string Oldest = "oldest";
    private const string Weekdays = "weekdays";
    private const string Weekends = "weekends";
    private const string Bank = "bank";
    private const int MaxKinds = 20;

    public string? Text { get; init; }

    public string? Account { get; init; }

    public ImmutableArray<string> Kinds { get; init; } = [];

    public string? Direction { get; init; }

    public string? Min { get; init; }

    public string? Max { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Category { get; init; }

    public string? With { get; init; }

    public string? Days { get; init; }

    /// <summary>Whose days the filter is about: the bank's, as in figures of the bank, or the reader's.</summary>
    public string? Zone { get; init; }

    public string? Sort { get; init; }

    public bool OldestFirst => Sort == Oldest;

    /// <summary>How many filters are set, text and account aside: those of the panel.</summary>
    public int PanelCount =>
        (Kinds.IsEmpty ? 0 : 1) + (Direction is null ? 0 : 1) + (Min is null && Max is null ? 0 : 1) + (From is null && To is null ? 0 : 1)
        + (Category is null ? 0 : 1) + (With is null ? 0 : 1) + (Days is null ? 0 : 1);

    /// <summary>Whether anything but the order is set.</summary>
    public bool IsNarrowed => PanelCount > 0 || Text is not null || Account is not null;

    /// <summary>The filters of a request.</summary>
    public static HistoryQuery Of(IQueryCollection query) => new()
    {
        Text = QueryText.OrNull(query[TextName]),
        Account = QueryText.OrNull(query[AccountName]),
        Kinds = KindsOf(query[KindName]),
        Direction = QueryText.OrNull(query[DirectionName]),
        Min = QueryText.OrNull(query[MinName]),
        Max = QueryText.OrNull(query[MaxName]),
        From = QueryText.OrNull(query[FromName]),
        To = QueryText.OrNull(query[ToName]),
        Category = QueryText.OrNull(query[CategoryName]),
        With = QueryText.OrNull(query[WithName]),
        Days = QueryText.OrNull(query[DaysName]),
        Zone = QueryText.OrNull(query[ZoneName]),
        Sort = QueryText.OrNull(query[SortName]),
    };

    /// <summary>The filters of an address, or of its part behind the question mark.</summary>
    public static HistoryQuery Of(string address) =>
        Of(new QueryCollection(QueryHelpers.ParseQuery(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..])));

    /// <summary>Kinds as given, without empty ones and repeats.</summary>
    public static ImmutableArray<string> KindsOf(IEnumerable<string?>? kinds) => QueryText.Distinct(kinds, MaxKinds);

    /// <summary>A direction in an address.</summary>
    public static string? NameOfDirection(EntryDirection? direction) => direction switch
    {
        EntryDirection.In => In,
        EntryDirection.Out => Out,
        _ => null,
    };

    /// <summary>A kind of days in an address.</summary>
    public static string? NameOfDays(bool? weekends) => weekends switch
    {
        true => Weekends,
        false => Weekdays,
        null => null,
    };

    /// <summary>An order in an address.</summary>
    public static string? NameOfOrder(bool oldestFirst) => oldestFirst ? Oldest : null;

    /// <summary>The filter, and the errors by field.</summary>
    /// <param name="reader">The reader's time zone.</param>
    /// <param name="bank">Knows the bank's days.</param>
    /// <param name="errors">The errors.</param>
    public HistoryFilter Read(UserTimeZone reader, LedgerRules bank, out ImmutableDictionary<string, string> errors)
    {
        var (zone, startOf) = Zone == Bank
            ? (bank.Zone, bank.StartOf)
            : (reader.Zone, (Func<DateOnly, DateTimeOffset>)reader.StartOfDay);
        var wrong = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var from = ReadDay(From, "from", wrong);
        var to = ReadDay(To, "to", wrong);
        var kinds = ImmutableArray.CreateBuilder<TransferKind>();
        foreach (var name in Kinds)
        {
            if (QueryText.ParseName<TransferKind>(name) is { } kind)
            {
                kinds.Add(kind);
            }
            else
            {
                wrong["kind"] = "There is no such type.";
            }
        }

        if (Direction is not (null or In or Out))
        {
            wrong["direction"] = "Choose money in or money out.";
        }

        if (Days is not (null or Weekdays or Weekends))
        {
            wrong["days"] = "Choose weekdays or weekends.";
        }

        if (Sort is not (null or Oldest or "newest"))
        {
            wrong["sort"] = "There is no such order.";
        }

        var filter = new HistoryFilter
        {
            AccountId = Account,
            Kinds = kinds.ToImmutable(),
            Direction = Direction switch { In => EntryDirection.In, Out => EntryDirection.Out, _ => null },
            MinAmount = ReadAmount(Min, "min", wrong),
            MaxAmount = ReadAmount(Max, "max", wrong),
            From = from is { } first ? startOf(first) : null,
            Before = to is { } last && last < DateOnly.MaxValue ? startOf(last.AddDays(1)) : null,
            Text = Text is null ? null : TextInput.Clean(Text),
            CategoryId = Category,
            Counterparty = With is null ? null : TextInput.Clean(With),
            OnWeekends = Days switch { Weekends => true, Weekdays => false, _ => null },
            Zone = zone,
            OldestFirst = OldestFirst,
        };
        if (filter.Check() is { Field: { } field } error)
        {
            wrong.TryAdd(field, error.Message);
        }

        errors = wrong.ToImmutable();
        return filter;
    }

    /// <summary>An address with these filters.</summary>
    public string AddressOf(string path, string? cursor = null)
    {
        var pairs = new List<KeyValuePair<string, string?>>
        {
            new(TextName, Text),
            new(AccountName, Account),
        };
        pairs.AddRange(Kinds.Select(kind => KeyValuePair.Create(KindName, (string?)kind)));
        pairs.AddRange(
        [
            new(DirectionName, Direction),
            new(MinName, Min),
            new(MaxName, Max),
            new(FromName, From),
            new(ToName, To),
            new(CategoryName, Category),
            new(WithName, With),
            new(DaysName, Days),
            new(ZoneName, (From ?? To ?? Days) is null ? null : Zone),
            new(SortName, Sort),
            new(CursorName, cursor),
        ]);
        return QueryText.Address(path, pairs);
    }

    private static DateOnly? ReadDay(string? text, string field, ImmutableDictionary<string, string>.Builder wrong)
    {
        // The first and the last years of the calendar have no room for a time zone.
        var day = QueryText.ParseDay(text) is { Year: > 1900 and < 9000 } good ? good : (DateOnly?)null;
        if (text is not null && day is null)
        {
            wrong[field] = "Enter a date, such as 2026-01-31.";
        }

        return day;
    }

    private static decimal? ReadAmount(string? text, string field, ImmutableDictionary<string, string>.Builder wrong)
    {
        var amount = QueryText.ParseAmount(text);
        if (text is not null && amount is null)
        {
            wrong[field] = text.TrimStart() is ['-' or '+' or '\u2212', ..]
                ? "Enter the amount without a sign."
                : "Enter an amount such as 1234.56.";
        }

        return amount;
    }
}
