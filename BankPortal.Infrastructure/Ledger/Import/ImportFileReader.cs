using BankPortal.Core.Ledger.Import;
using CsvHelper;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>
/// Reads a CSV file of transactions (RFC 4180, a header line). The header determines the layout and the separator. A line that cannot
/// be read is reported with the reason; the other lines are read all the same.
/// </summary>
public static class ImportFileReader
{
    // The longest e-mail address (RFC 5321), and room for a misspelled account type in its error message.
    private const int MaxEmailLength = 254;
    private const int MaxTypeLength = 20;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="utf8">The content of the file in UTF-8, as <see cref="ImportText"/> gives it.</param>
    /// <param name="mapping">How values are written.</param>
    /// <param name="rules">The calendar days of the bank.</param>
    /// <param name="now">The current time; later times in the file are refused.</param>
    /// <exception cref="FormatException">The header matches no known layout; the message names the missing columns.</exception>
    public static ImportFile Read(ReadOnlyMemory<byte> utf8, ImportMapping mapping, LedgerRules rules, DateTimeOffset now)
    {
        var header = ImportHeader.Of(utf8);
        var misquoted = new Dictionary<long, CsvMalformedReason>();
        using var csv = CsvReader.Create(
            utf8,
            ImportHeader.OptionsFor(header.Separator, record => misquoted[record.LineNumber] = record.Reason));
        var fields = new ImportFields(csv, header, mapping, rules, now);
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

                rows.Add(header.Format == ImportFormat.Anz ? ReadAnz(fields, line) : ReadPortal(fields, line));
            }
            catch (FormatException problem)
            {
                unreadable.Add(new ImportProblem(line, problem.Message));
            }
        }

        return new ImportFile(header.Format, rows.ToImmutable(), unreadable.ToImmutable());
    }

    private static ImportRow ReadPortal(ImportFields fields, int line)
    {
        var currency = fields.GetCurrency();
        var amount = fields.GetMoney("amount", currency) ?? throw new FormatException("has no amount");
        var kind = KindOf(fields);
        var (at, day) = fields.GetTime("occurred_at");
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
            fields.GetRequired("customer_id"),
            fields.GetRequired("customer_name"),
            fields.GetText("customer_email", MaxEmailLength) is { Length: > 0 } email ? Email(email) : null,
            fields.GetRequired("account_id"),
            fields.GetText("account_type", MaxTypeLength).ToUpperInvariant() switch
            {
                "" or "CHECKING" => AccountType.Checking,
                "SAVINGS" => AccountType.Savings,
                _ => throw new FormatException(
                    $"account_type is '{fields.GetText("account_type", MaxTypeLength)}'; it can be checking or savings"
                ),
            },
            fields.GetRequired("transaction_id"),
            at,
            day,
            kind,
            NotZero(amount),
            fields.GetText("description", LedgerRules.MaxDescriptionLength),
            fields.GetText("counterparty", TransferService.MaxNameLength),
            fields.GetMoney("balance_after", currency));
    }

    // The ANZ data set gives amounts without a sign, with the direction in its own column; purchases name the suburb of the shop.
    private static ImportRow ReadAnz(ImportFields fields, int line)
    {
        var currency = fields.GetCurrency();
        var amount = fields.GetMoney("amount", currency) ?? throw new FormatException("has no amount");
        if (amount.IsNegative)
        {
            throw new FormatException($"amount is {amount}; it must not be negative, the movement gives the direction");
        }

        var (at, day) = fields.GetTime("extraction");
        var signed = fields.GetText("movement", 20) switch
        {
            "credit" => amount,
            "debit" => -amount,
            var other => throw new FormatException($"movement is '{other}'; it can be debit or credit"),
        };
        var description = fields.GetText("txn_description", 40);
        var suburb = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(fields.GetText("merchant_suburb", 60).ToLowerInvariant());
        var place = string.Join(", ", new[] { suburb, fields.GetText("merchant_state", 60) }.Where(part => part.Length > 0));
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
            fields.GetRequired("customer_id"),
            fields.GetRequired("first_name"),
            null,
            fields.GetRequired("account"),
            AccountType.Checking,
            fields.GetRequired("transaction_id"),
            at,
            day,
            kind,
            NotZero(signed),
            words,
            counterparty.Length > 0 ? counterparty : words,
            fields.GetMoney("balance", currency));
    }

    private static TransferKind KindOf(ImportFields fields)
    {
        var text = fields.GetText("kind", ImportFields.MaxIdLength);
        return Enum.TryParse<TransferKind>(text, ignoreCase: true, out var kind) && IsOneSided(kind) && string.Equals(
            Word(kind), text, StringComparison.OrdinalIgnoreCase)
            ? kind
            : throw new FormatException(
                $"kind is '{text}'; it can be {string.Join(", ", Enum.GetValues<TransferKind>().Where(IsOneSided).Select(Word))}");
    }

    private static string Word(TransferKind kind) => kind.ToString().ToLowerInvariant();

    private static bool IsOneSided(TransferKind kind) =>
        kind is not (TransferKind.Transfer or TransferKind.Reversal or TransferKind.Opening or TransferKind.Adjustment
            or TransferKind.LoanPayout or TransferKind.LoanPayment);

    private static Money NotZero(Money amount) => amount.IsZero ? throw new FormatException("amount is zero") : amount;

    private static string Email(string email) =>
        email.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            ? email
            : throw new FormatException($"customer_email '{email}' is not an e-mail address");

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
