using BankPortal.Core.Ledger.Import;
using CsvHelper;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>
/// Reads a CSV file of transactions (RFC 4180, UTF-8, a header line, values in the invariant culture). The header determines the layout.
/// A line that cannot be read is reported with the reason; the other lines are read all the same.
/// </summary>
public static class ImportFileReader
{
    // Ids become parts of keys; no source is known with longer ones.
    private const int MaxIdLength = 100;

    // The longest e-mail address (RFC 5321), and room for a misspelled account type in its error message.
    private const int MaxEmailLength = 254;
    private const int MaxTypeLength = 20;

    private static readonly string[] PortalColumns =
        ["customer_id", "customer_name", "account_id", "transaction_id", "occurred_at", "kind", "amount", "currency"];

    private static readonly string[] AnzColumns =
    [
        "customer_id", "first_name", "account", "transaction_id", "extraction",
        "txn_description", "amount", "movement", "currency", "balance",
    ];

    /// <summary>Reads a file to its end.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="now">The current time; later times in the file are refused.</param>
    /// <exception cref="FormatException">The header matches no known layout; the message names the missing columns.</exception>
    public static ImportFile Read(TextReader text, DateTimeOffset now)
    {
        var misquoted = new Dictionary<long, CsvMalformedReason>();
        using var csv = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = ',',
                TrackLineNumbers = true,
                OnMalformedRecord = record => misquoted[record.LineNumber] = record.Reason,
            },
            leaveOpen: true);
        if (csv.Headers is not { Count: > 0 } header)
        {
            throw new FormatException("The file is empty.");
        }

        var format = FormatOf(header);
        var rows = ImmutableArray.CreateBuilder<ImportRow>();
        var unreadable = ImmutableArray.CreateBuilder<ImportProblem>();
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            try
            {
                if (misquoted.TryGetValue(csv.LineNumber, out var reason))
                {
                    throw new FormatException(reason == CsvMalformedReason.UnterminatedQuote
                        ? "a quote is opened and never closed, so everything from here to the end of the file is left out"
                        : "has a quote in the wrong place: put the whole field into quotes, and write each quote within it twice");
                }

                if (csv.FieldCount != header.Count)
                {
                    throw new FormatException($"has {Show(csv.FieldCount)} fields instead of {Show(header.Count)}");
                }

                rows.Add(format == ImportFormat.Anz ? ReadAnz(csv, line, now) : ReadPortal(csv, line, now));
            }
            catch (FormatException problem)
            {
                unreadable.Add(new ImportProblem(line, problem.Message));
            }
        }

        return new ImportFile(format, rows.ToImmutable(), unreadable.ToImmutable());
    }

    private static ImportFormat FormatOf(IReadOnlyList<string> header)
    {
        var present = header.ToHashSet(StringComparer.Ordinal);
        return AnzColumns.All(present.Contains) ? ImportFormat.Anz
            : PortalColumns.All(present.Contains) ? ImportFormat.Portal
            : throw new FormatException(
                $"The file has no column {string.Join(", ", PortalColumns.Where(column => !present.Contains(column)))}.");
    }

    private static ImportRow ReadPortal(CsvReader csv, int line, DateTimeOffset now)
    {
        var currency = CurrencyOf(csv);
        var amount = MoneyOf(csv, "amount", currency) ?? throw new FormatException("has no amount");
        var kind = KindOf(csv);
        if (kind is TransferKind.Deposit or TransferKind.Salary && amount.IsNegative)
        {
            throw new FormatException($"amount is {amount}, but a {Word(kind)} brings money in");
        }

        if (kind is TransferKind.Withdrawal && amount.IsPositive)
        {
            throw new FormatException($"amount is {amount}, but a {Word(kind)} takes money out: give it with a minus sign");
        }

        return new ImportRow(
            line,
            Required(csv, "customer_id"),
            Required(csv, "customer_name"),
            Text(csv, "customer_email", MaxEmailLength) is { Length: > 0 } email ? Email(email) : null,
            Required(csv, "account_id"),
            Text(csv, "account_type", MaxTypeLength).ToUpperInvariant() switch
            {
                "" or "CHECKING" => AccountType.Checking,
                "SAVINGS" => AccountType.Savings,
                _ => throw new FormatException(
                    $"account_type is '{Text(csv, "account_type", MaxTypeLength)}'; it can be checking or savings"
                ),
            },
            Required(csv, "transaction_id"),
            TimeOf(csv, "occurred_at", now),
            kind,
            NotZero(amount),
            Text(csv, "description", LedgerRules.MaxDescriptionLength),
            Text(csv, "counterparty", TransferService.MaxNameLength),
            MoneyOf(csv, "balance_after", currency));
    }

    // The ANZ data set gives amounts without a sign, with the direction in its own column; purchases name the suburb of the shop.
    private static ImportRow ReadAnz(CsvReader csv, int line, DateTimeOffset now)
    {
        var currency = CurrencyOf(csv);
        var amount = MoneyOf(csv, "amount", currency) ?? throw new FormatException("has no amount");
        if (amount.IsNegative)
        {
            throw new FormatException($"amount is {amount}; it must not be negative, the movement gives the direction");
        }

        var signed = Text(csv, "movement", 20) switch
        {
            "credit" => amount,
            "debit" => -amount,
            var other => throw new FormatException($"movement is '{other}'; it can be debit or credit"),
        };
        var description = Text(csv, "txn_description", 40);
        var suburb = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Text(csv, "merchant_suburb", 60).ToLowerInvariant());
        var place = string.Join(", ", new[] { suburb, Text(csv, "merchant_state", 60) }.Where(part => part.Length > 0));
        var (kind, words, counterparty) = description switch
        {
            "POS" or "SALES-POS" => (TransferKind.Purchase, "Card purchase", place),
            "PAYMENT" => (TransferKind.Payment, "Payment", "Payment"),
            "PAY/SALARY" => (TransferKind.Salary, "Salary", "Employer"),
            "INTER BANK" => (TransferKind.Payment, "Transfer to another bank", "Another bank"),
            "PHONE BANK" => (TransferKind.Payment, "Telephone banking", "Telephone banking"),
            _ => throw new FormatException($"txn_description '{description}' is not known"),
        };
        return new ImportRow(
            line,
            Required(csv, "customer_id"),
            Required(csv, "first_name"),
            null,
            Required(csv, "account"),
            AccountType.Checking,
            Required(csv, "transaction_id"),
            TimeOf(csv, "extraction", now),
            kind,
            NotZero(signed),
            words,
            counterparty.Length > 0 ? counterparty : words,
            MoneyOf(csv, "balance", currency));
    }

    private static TransferKind KindOf(CsvReader csv)
    {
        var text = Text(csv, "kind", MaxIdLength);
        return Enum.TryParse<TransferKind>(text, ignoreCase: true, out var kind) && IsOneSided(kind) && string.Equals(
            Word(kind), text, StringComparison.OrdinalIgnoreCase)
            ? kind
            : throw new FormatException(
                $"kind is '{text}'; it can be {string.Join(", ", Enum.GetValues<TransferKind>().Where(IsOneSided).Select(Word))}");
    }

    private static string Word(TransferKind kind) => kind.ToString().ToLowerInvariant();

    private static bool IsOneSided(TransferKind kind) =>
        kind is not (TransferKind.Transfer or TransferKind.Reversal or TransferKind.Opening or TransferKind.Adjustment);

    private static Currency CurrencyOf(CsvReader csv) =>
        Currency.TryParse(csv.GetString("currency"), out var currency)
            ? currency
            : throw new FormatException($"currency '{csv.GetString("currency")}' is not one the bank supports");

    private static Money? MoneyOf(CsvReader csv, string column, Currency currency)
    {
        if (Text(csv, column, 40) is not { Length: > 0 } text)
        {
            return null;
        }

        return decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && Money.TryOf(amount, currency, out var money)
            ? money
            : throw new FormatException($"{column} '{text}' is not an amount of {currency.Code} such as 1234.50");
    }

    private static Money NotZero(Money amount) => amount.IsZero ? throw new FormatException("amount is zero") : amount;

    private static DateTimeOffset TimeOf(CsvReader csv, string column, DateTimeOffset now)
    {
        var text = Text(csv, column, 40);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time))
        {
            throw new FormatException($"{column} '{text}' is not a time such as 2026-01-31T12:00:00Z");
        }

        return time.Year >= 1900 && time <= now.AddMinutes(5)
            ? time
            : throw new FormatException($"{column} '{text}' is in the future or before 1900");
    }

    private static string Email(string email) =>
        email.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            ? email
            : throw new FormatException($"customer_email '{email}' is not an e-mail address");

    private static string Required(CsvReader csv, string column) =>
        Text(csv, column, MaxIdLength) is { Length: > 0 } text ? text : throw new FormatException($"has no {column}");

    private static string Text(CsvReader csv, string column, int maxLength)
    {
        var text = csv.TryGetFieldIndex(column, out var index) ? TextInput.Clean(csv.GetString(index)) : "";
        return text.Length <= maxLength ? text : throw new FormatException($"{column} has more than {Show(maxLength)} characters");
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
