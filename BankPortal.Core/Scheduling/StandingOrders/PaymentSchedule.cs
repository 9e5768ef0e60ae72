namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>
/// The dates of a standing order. Pure arithmetic on calendar days, so clock changes do not matter. Immutable.
/// </summary>
/// <remarks>
/// A date is planned first and then moved off weekends and holidays. Planned dates never depend on each other: each is counted from the
/// first one, so a short month or a moved payment does not shift those after it.
/// </remarks>
public sealed record PaymentSchedule
{
    /// <summary>The most weeks or months between two payments.</summary>
    public const int MaxEvery = 52;

    /// <summary>The most payments that can be ordered by number.</summary>
    public const int MaxCount = 999;

    /// <summary>How many years ahead the first and the last date may be.</summary>
    public const int MaxYearsAhead = 30;

    // No date is planned after this year.
    private const int LastYear = 2200;

    /// <summary>How the dates repeat.</summary>
    public required PaymentRhythm Rhythm { get; init; }

    /// <summary>How many weeks or months lie between two dates; 1 for each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The first planned date.</summary>
    public required DateOnly First { get; init; }

    /// <summary>
    /// The day of the month that monthly dates keep, 1 to 31. In a month that is shorter it means the last day; later dates return to
    /// it. Ignored by other rhythms.
    /// </summary>
    public required int Day { get; init; }

    /// <summary>Where a payment goes whose date is not a business day.</summary>
    public BusinessDayRule Rule { get; init; }

    /// <summary>The last day on which a date may be planned; <see langword="null"/> for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>How many dates there are in all, skipped ones included; <see langword="null"/> for no end.</summary>
    public int? Count { get; init; }

    /// <summary>The whole schedule in a form that depends on no language; equal for equal schedules.</summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture, $"{Rhythm} {Every} {First:yyyy-MM-dd} {Day} {Rule} {Until:yyyy-MM-dd} {Count}");

    /// <summary>One payment on a day.</summary>
    public static PaymentSchedule Once(DateOnly day, BusinessDayRule rule = BusinessDayRule.After) =>
        new() { Rhythm = PaymentRhythm.Once, First = day, Day = day.Day, Rule = rule };

    /// <summary>Every <paramref name="every"/> weeks from a day on.</summary>
    public static PaymentSchedule Weekly(DateOnly first, int every = 1, BusinessDayRule rule = BusinessDayRule.After) =>
        new() { Rhythm = PaymentRhythm.Weekly, Every = every, First = first, Day = first.Day, Rule = rule };

    /// <summary>Every <paramref name="every"/> months from a day on, always on that day of the month.</summary>
    public static PaymentSchedule Monthly(DateOnly first, int every = 1, BusinessDayRule rule = BusinessDayRule.After) =>
        new() { Rhythm = PaymentRhythm.Monthly, Every = every, First = first, Day = first.Day, Rule = rule };

    /// <summary>Returns a planned date.</summary>
    /// <param name="index">Which one, counted from 0.</param>
    /// <returns>The date; <see langword="null"/> when the schedule has ended before it.</returns>
    public DateOnly? DateOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (index >= Count || (Rhythm == PaymentRhythm.Once && index > 0))
        {
            return null;
        }

        var date = Rhythm switch
        {
            PaymentRhythm.Weekly => AddWeeks(index),
            PaymentRhythm.Monthly => AddMonths(index),
            _ => First,
        };
        return date > Until ? null : date;
    }

    /// <summary>Returns a date and the day on which it is paid.</summary>
    /// <returns>The occurrence; <see langword="null"/> when the schedule has ended before it.</returns>
    public Occurrence? OccurrenceOf(int index, IBusinessCalendar calendar) =>
        DateOf(index) is { } date ? new Occurrence(index, date, Move(date, calendar)) : null;

    /// <summary>Returns the next occurrences, at most <paramref name="count"/>.</summary>
    public ImmutableArray<Occurrence> Next(int fromIndex, int count, IBusinessCalendar calendar)
    {
        var next = ImmutableArray.CreateBuilder<Occurrence>();
        for (var index = fromIndex; next.Count < count && OccurrenceOf(index, calendar) is { } occurrence; index++)
        {
            next.Add(occurrence);
        }

        return next.ToImmutable();
    }

    /// <summary>Returns the first occurrence from <paramref name="fromIndex"/> on that is paid after a day.</summary>
    /// <returns>The occurrence; <see langword="null"/> when the schedule has ended before that.</returns>
    public Occurrence? FirstAfter(DateOnly day, int fromIndex, IBusinessCalendar calendar)
    {
        var index = fromIndex;
        while (OccurrenceOf(index, calendar) is { } occurrence)
        {
            if (occurrence.PayOn > day)
            {
                return occurrence;
            }

            index++;
        }

        return null;
    }

    /// <summary>Checks the schedule of a standing order that is made or changed today.</summary>
    /// <param name="today">The bank's day.</param>
    /// <param name="calendar">The bank's business days.</param>
    /// <returns>What is wrong, with the field it is about; <see langword="null"/> when nothing is.</returns>
    public InvalidInputError? Check(DateOnly today, IBusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var latest = today.AddYears(MaxYearsAhead);
        if (!Enum.IsDefined(Rhythm) || !Enum.IsDefined(Rule))
        {
            return new InvalidInputError("rhythm", "Choose how often to pay.");
        }

        if (Rhythm != PaymentRhythm.Once && Every is < 1 or > MaxEvery)
        {
            return new InvalidInputError("every", $"Enter a number from 1 to {MaxEvery.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (First <= today)
        {
            return new InvalidInputError("first", "Choose tomorrow or a later day. To pay today, make a transfer.");
        }

        if (First > latest)
        {
            return new InvalidInputError("first", "Choose a day within the next 30 years.");
        }

        if (Rhythm == PaymentRhythm.Monthly
            && (Day is < 1 or > 31 || First.Day != Math.Min(Day, DateTime.DaysInMonth(First.Year, First.Month))))
        {
            return new InvalidInputError("first", "The first day does not fit the day of the month.");
        }

        if (Move(First, calendar) <= today)
        {
            return new InvalidInputError(
                "first", "The bank is closed that day, and the business day before it is not after today. Choose a later day, or pay on the next business day.");
        }

        if (Rhythm == PaymentRhythm.Once)
        {
            return null;
        }

        return Until < First ? new InvalidInputError("until", "The last day must not be before the first payment.")
            : Until > latest ? new InvalidInputError("until", "Choose a day within the next 30 years, or no end.")
            : Count is < 1 or > MaxCount
                ? new InvalidInputError("count", $"Enter a number from 1 to {MaxCount.ToString(CultureInfo.InvariantCulture)}.")
            : null;
    }

    private DateOnly Move(DateOnly date, IBusinessCalendar calendar) =>
        calendar.IsBusinessDay(date) ? date
        : Rule == BusinessDayRule.Before ? calendar.PreviousBusinessDay(date)
        : calendar.NextBusinessDay(date);

    private DateOnly? AddWeeks(int index)
    {
        var days = 7L * Every * index;
        return First.DayNumber + days < new DateOnly(LastYear, 1, 1).DayNumber ? First.AddDays((int)days) : null;
    }

    private DateOnly? AddMonths(int index)
    {
        var months = (First.Year * 12L) + First.Month - 1 + ((long)Every * index);
        if (months >= LastYear * 12L)
        {
            return null;
        }

        var (year, month) = ((int)(months / 12), (int)(months % 12) + 1);
        return new DateOnly(year, month, Math.Min(Day, DateTime.DaysInMonth(year, month)));
    }
}

/// <summary>One planned payment.</summary>
/// <param name="Index">Its place in the schedule, from 0.</param>
/// <param name="Date">The planned date, which names the payment.</param>
/// <param name="PayOn">The business day on which it is paid.</param>
public sealed record Occurrence(int Index, DateOnly Date, DateOnly PayOn);

/// <summary>How the dates of a standing order repeat. Stored by name.</summary>
public enum PaymentRhythm
{
    /// <summary>One payment.</summary>
    Once,

    /// <summary>Every week, or every few weeks.</summary>
    Weekly,

    /// <summary>Every month, or every few months.</summary>
    Monthly,
}

/// <summary>Where a payment goes whose date is on a weekend or holiday. Stored by name.</summary>
public enum BusinessDayRule
{
    /// <summary>To the next business day.</summary>
    After,

    /// <summary>To the business day before.</summary>
    Before,
}
