namespace BankPortal.Core.Ledger.History;

/// <summary>Which of a customer's entries to show, and in which order.</summary>
public sealed record HistoryFilter
{
    /// <summary>The longest name of the other side, in characters: the longest description in quotation marks fits.</summary>
    public const int MaxCounterpartyLength = 150;

    /// <summary>Everything, newest first.</summary>
    public static HistoryFilter All { get; } = new();

    /// <summary>One account; all of the customer's where <see langword="null"/>.</summary>
    public string? AccountId { get; init; }

    /// <summary>Only these kinds; all where empty.</summary>
    public ImmutableArray<TransferKind> Kinds { get; init; } = [];

    /// <summary>Only money in, or only money out.</summary>
    public EntryDirection? Direction { get; init; }

    /// <summary>The smallest amount, in major units of the account's currency and without sign; inclusive.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>The largest amount, in major units of the account's currency and without sign; inclusive.</summary>
    public decimal? MaxAmount { get; init; }

    /// <summary>The earliest time of posting, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the time of posting, exclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Words of the description or the counterparty, or the beginning of a reference.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The other side of the movement, or what the bank calls it where there is none: every word of it must occur. In quotation marks it
    /// must be the whole name.
    /// </summary>
    public string? Counterparty { get; init; }

    /// <summary>Only movements of Saturdays and Sundays, or only those of the other days.</summary>
    public bool? OnWeekends { get; init; }

    /// <summary>The time zone whose days <see cref="OnWeekends"/> is about.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Oldest first, instead of newest first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Only entries of this category of the customer; <see langword="null"/> for all.</summary>
    public string? CategoryId { get; init; }

    /// <summary>Whether anything but the order is asked for.</summary>
    public bool IsNarrowed =>
        AccountId is not null || From is not null || Before is not null || HasConditionsOnEntries;

    // Conditions that the key of the entries cannot express: entries must be read to know.
    internal bool HasConditionsOnEntries =>
        !Kinds.IsDefaultOrEmpty
        || Direction is not null
        || MinAmount is not null
        || MaxAmount is not null
        || CategoryId is not null
        || OnWeekends is not null
        || !string.IsNullOrWhiteSpace(Counterparty)
        || !string.IsNullOrWhiteSpace(Text);

    /// <summary>What is wrong with the filter, next to the field it is about; <see langword="null"/> when nothing is.</summary>
    public Error? Check() =>
        this switch
        {
            { MinAmount: < 0 } => new InvalidInputError("min", "Enter the amount without a sign."),
            { MaxAmount: < 0 } => new InvalidInputError("max", "Enter the amount without a sign."),
            { MinAmount: { } min, MaxAmount: { } max } when min > max => new InvalidInputError(
                "max",
                "The upper amount is below the lower one."
            ),
            { From: { } from, Before: { } before } when from >= before => new InvalidInputError(
                "to",
                "The last day is before the first one."
            ),
            { Text.Length: > SearchText.MaxLength } => new InvalidInputError("text", "That is too long to search for."),
            { Counterparty.Length: > MaxCounterpartyLength } => new InvalidInputError("with", "That name is too long to search for."),
            _ when !Kinds.IsDefaultOrEmpty && Kinds.Any(kind => !Enum.IsDefined(kind)) => new InvalidInputError(
                "kind",
                "There is no such type."
            ),
            _ when Direction is { } direction && !Enum.IsDefined(direction) => new InvalidInputError(
                "direction",
                "Choose money in or money out."
            ),
            _ => null,
        };

    // The conditions that are asked of each entry, prepared once.
    internal Func<Entry, bool> Compile(EntryCategories categories)
    {
        var words = new SearchText(Text);
        var name = NameCondition();
        var reference = new string([.. (Text ?? "").Where(c => c is not ('-' or ' ')).Select(char.ToUpperInvariant)]);
        return entry =>
            (Kinds.IsDefaultOrEmpty || Kinds.Contains(entry.Kind))
            && (Direction is not { } direction || (direction == EntryDirection.In ? entry.Amount.IsPositive : entry.Amount.IsNegative))
            && (MinAmount is not { } min || entry.Amount.Abs().Amount >= min)
            && (MaxAmount is not { } max || entry.Amount.Abs().Amount <= max)
            && (OnWeekends is not { } weekend || weekend == IsOnWeekend(entry))
            && (CategoryId is not { } category || categories.PartsOf(entry).Any(part => part.CategoryId == category))
            && name(entry)
            && (words.IsEmpty
                || words.Matches(entry.Description, entry.Counterparty)
                || (reference.Length >= 5 && entry.TransferId.StartsWith(reference, StringComparison.Ordinal)));
    }

    /// <summary>Returns what counts of an entry that passes: its amount, or its part in the category that is asked for.</summary>
    internal Money CountedOf(Entry entry, EntryCategories categories)
    {
        if (CategoryId is not { } category)
        {
            return entry.Amount;
        }

        var part = categories.PartsOf(entry).Where(one => one.CategoryId == category).Sum(one => one.Amount);
        return new Money(entry.Amount.IsNegative ? -part : part, entry.Amount.Currency);
    }

    /// <summary>Returns whether a name is in quotation marks, and the name without them.</summary>
    public static bool IsWhole(string text, out string name)
    {
        var trimmed = text.Trim();
        var isWhole = trimmed.Length > 2 && trimmed[0] == '"' && trimmed[^1] == '"';
        name = isWhole ? trimmed[1..^1] : trimmed;
        return isWhole;
    }

    private Func<Entry, bool> NameCondition()
    {
        if (string.IsNullOrWhiteSpace(Counterparty))
        {
            return _ => true;
        }

        if (IsWhole(Counterparty, out var name))
        {
            var whole = SearchText.Fold(name).Trim();
            return entry => SearchText.Fold(NameOf(entry)).Trim() == whole;
        }

        var words = new SearchText(name);
        return entry => words.Matches(NameOf(entry));
    }

    private static string NameOf(Entry entry) => entry.Counterparty.Length > 0 ? entry.Counterparty : entry.Description;

    private bool IsOnWeekend(Entry entry) =>
        TimeZoneInfo.ConvertTime(entry.PostedAt, Zone).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
