using CsvHelper;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>The header line of an import file: what separates its columns, which layout it has, and where each column is.</summary>
internal sealed class ImportHeader
{
    private static readonly (char Separator, string Name)[] Separators = [(',', "commas"), (';', "semicolons"), ('\t', "tabs")];

    private static readonly (ImportFormat Format, string[] Needed, string[] Optional)[] Layouts =
    [
        (
            ImportFormat.Anz,
            [
                "customer_id", "first_name", "account", "transaction_id", "extraction",
                "txn_description", "amount", "movement", "currency", "balance",
            ],
            ["merchant_suburb", "merchant_state"]
        ),
        (
            ImportFormat.Portal,
            ["customer_id", "customer_name", "account_id", "transaction_id", "occurred_at", "kind", "amount", "currency"],
            ["customer_email", "account_type", "description", "counterparty", "balance_after"]
        ),
    ];

    /// <summary>The layout of a file of loans.</summary>
    public static readonly (ImportFormat Format, string[] Needed, string[] Optional)[] Loans =
    [
        (
            ImportFormat.Loans,
            ["loan_id", "account_id", "customer_id", "granted_on", "amount", "months", "instalment", "status", "paid_so_far"],
            ["currency", "product", "late_fee", "grace_days"]
        ),
    ];

    private readonly Dictionary<string, int> _columns;

    private ImportHeader(ImportFormat format, char separator, int count, Dictionary<string, int> columns)
    {
        Format = format;
        Separator = separator;
        Count = count;
        _columns = columns;
    }

    public ImportFormat Format { get; }

    public char Separator { get; }

    /// <summary>How many columns there are, those that are not read included.</summary>
    public int Count { get; }

    /// <summary>Where a column is, from 0; <see langword="null"/> when the file does not have it.</summary>
    public int? IndexOf(string column) => _columns.TryGetValue(column, out var index) ? index : null;

    /// <summary>Finds the layout and the separator of a file. Names are compared without case and without blanks around them.</summary>
    /// <param name="utf8">The content of the file.</param>
    /// <exception cref="FormatException">The header matches no known layout; the message names what misses and what is there.</exception>
    public static ImportHeader Of(ReadOnlyMemory<byte> utf8) => Of(utf8, Layouts);

    /// <summary>Finds which of some layouts a file has, and its separator.</summary>
    /// <inheritdoc cref="Of(ReadOnlyMemory{byte})"/>
    public static ImportHeader Of(ReadOnlyMemory<byte> utf8, (ImportFormat Format, string[] Needed, string[] Optional)[] layouts)
    {
        // The best match; where nothing matches, the separator that separates most.
        var best = Separators
            .Select(separator => (separator.Separator, separator.Name, Columns: NamesOf(utf8, separator.Separator)))
            .SelectMany(
                _ => layouts,
                (header, layout) => (Header: header, Layout: layout, Missing: Missing(layout.Needed, header.Columns)))
            .OrderBy(match => match.Missing.Count)
            .ThenByDescending(match => match.Header.Columns.Count)
            .First();
        var (separator, separatorName, names) = best.Header;
        if (names.All(name => name.Length == 0))
        {
            throw new FormatException("The file is empty.");
        }

        if (best.Missing.Count > 0)
        {
            throw new FormatException(
                $"The file has no column {string.Join(", ", best.Missing)}. It has, separated by {separatorName}: {string.Join(", ", names)}.");
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in best.Layout.Needed.Concat(best.Layout.Optional))
        {
            var places = Enumerable.Range(0, names.Count).Where(i => IsNamed(names[i], column)).ToList();
            if (places.Count > 1)
            {
                throw new FormatException($"The file has the column {column} more than once.");
            }

            if (places.Count == 1)
            {
                columns.Add(column, places[0]);
            }
        }

        return new ImportHeader(best.Layout.Format, separator, names.Count, columns);
    }

    /// <summary>How the rows of a file are read.</summary>
    /// <param name="separator">What separates the columns.</param>
    /// <param name="onMalformed">Is told of each row with a quote in the wrong place.</param>
    public static CsvReaderOptions OptionsFor(char separator, Action<CsvMalformedRecord>? onMalformed = null) => new()
    {
        Separator = separator,
        TrackLineNumbers = true,
        OnMalformedRecord = onMalformed,

        // A quote after a blank begins a quoted field too.
        TrimWhitespace = true,
    };

    private static List<string> NamesOf(ReadOnlyMemory<byte> utf8, char separator)
    {
        using var csv = CsvReader.Create(utf8, OptionsFor(separator));
        return [.. csv.Headers.Select(name => name.Trim())];
    }

    private static List<string> Missing(IEnumerable<string> needed, List<string> names) =>
        [.. needed.Where(column => !names.Exists(name => IsNamed(name, column)))];

    private static bool IsNamed(string name, string column) => name.Equals(column, StringComparison.OrdinalIgnoreCase);
}
