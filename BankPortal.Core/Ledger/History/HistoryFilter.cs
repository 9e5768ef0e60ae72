namespace BankPortal.Core.Ledger.History;

/// <summary>Which of a customer's entries to show, and in which order.</summary>
public sealed record HistoryFilter
{
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
        var reference = new string([.. (Text ?? "").Where(c => c is not ('-' or ' ')).Select(char.ToUpperInvariant)]);
        return entry =>
            (Kinds.IsDefaultOrEmpty || Kinds.Contains(entry.Kind))
            && (Direction is not { } direction || (direction == EntryDirection.In ? entry.Amount.IsPositive : entry.Amount.IsNegative))
            && (MinAmount is not { } min || entry.Amount.Abs().Amount >= min)
            && (MaxAmount is not { } max || entry.Amount.Abs().Amount <= max)
            && (CategoryId is not { } category || categories.Of(entry).Contains(category, StringComparer.Ordinal))
            && (words.IsEmpty
                || words.Matches(entry.Description, entry.Counterparty)
                || (reference.Length >= 5 && entry.TransferId.StartsWith(reference, StringComparison.Ordinal)));
    }
}
