using BankPortal.Core.Ledger.Import;
using BankPortal.Core.Lending.Import;
using BankPortal.Infrastructure.Ledger.Import;
using CsvHelper;

namespace BankPortal.Infrastructure.Lending.Import;

/// <summary>
/// Reads a CSV file of loans (RFC 4180, a header line), by the same rules as a file of transactions. A line that cannot be read is
/// reported with the reason; the other lines are read all the same.
/// </summary>
public static class LoanFileReader
{
    private const int MaxStatusLength = 20;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="utf8">The content of the file in UTF-8, as <see cref="ImportText"/> gives it.</param>
    /// <param name="mapping">How values are written.</param>
    /// <param name="currency">The currency of lines that name none.</param>
    /// <param name="rules">The calendar days of the bank.</param>
    /// <param name="now">The current time; later days in the file are refused.</param>
    /// <exception cref="FormatException">Columns are missing; the message names them.</exception>
    public static (ImmutableArray<LoanImportRow> Rows, ImmutableArray<ImportProblem> Unreadable) Read(
        ReadOnlyMemory<byte> utf8, ImportMapping mapping, Currency currency, LedgerRules rules, DateTimeOffset now)
    {
        var header = ImportHeader.Of(utf8, ImportHeader.Loans);
        var misquoted = new HashSet<long>();
        using var csv = CsvReader.Create(
            utf8, ImportHeader.OptionsFor(header.Separator, record => misquoted.Add(record.LineNumber)));
        var fields = new ImportFields(csv, header, mapping, rules, now);
        var rows = ImmutableArray.CreateBuilder<LoanImportRow>();
        var unreadable = ImmutableArray.CreateBuilder<ImportProblem>();
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            try
            {
                if (misquoted.Contains(csv.LineNumber))
                {
                    throw new FormatException("has a quote in the wrong place, or one that is never closed");
                }

                if (csv.FieldCount != header.Count)
                {
                    throw new FormatException(
                        string.Create(CultureInfo.InvariantCulture, $"has {csv.FieldCount} fields instead of {header.Count}"));
                }

                rows.Add(ReadRow(fields, header, currency, line));
            }
            catch (FormatException problem)
            {
                unreadable.Add(new ImportProblem(line, problem.Message));
            }
        }

        return (rows.ToImmutable(), unreadable.ToImmutable());
    }

    private static LoanImportRow ReadRow(ImportFields fields, ImportHeader header, Currency usual, int line)
    {
        var currency = header.IndexOf("currency") is not null && fields.GetText("currency", MaxStatusLength).Length > 0
            ? fields.GetCurrency()
            : usual;
        var product = header.IndexOf("product") is null ? "" : fields.GetText("product", ImportFields.MaxIdLength);
        return new LoanImportRow
        {
            Line = line,
            Id = fields.GetRequired("loan_id"),
            Account = fields.GetRequired("account_id"),
            Customer = fields.GetRequired("customer_id"),
            GrantedOn = fields.GetTime("granted_on").Day,
            Amount = Positive("amount"),
            Months = Whole("months") ?? throw new FormatException("has no months"),
            Instalment = Positive("instalment"),
            Status = StatusOf(fields.GetRequired("status")),
            PaidSoFar = Required("paid_so_far"),
            Product = product.Length == 0 ? null : product,
            LateFee = header.IndexOf("late_fee") is null ? null : fields.GetMoney("late_fee", currency),
            GraceDays = header.IndexOf("grace_days") is null ? null : Whole("grace_days"),
        };

        Money Required(string column) => fields.GetMoney(column, currency) is { IsNegative: false } money
            ? money
            : throw new FormatException($"{column} is missing or below zero");

        Money Positive(string column) => Required(column) is { IsPositive: true } money
            ? money
            : throw new FormatException($"{column} is zero");

        int? Whole(string column)
        {
            var text = fields.GetText(column, MaxStatusLength);
            return text.Length == 0 ? null
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw new FormatException($"{column} '{text}' is not a whole number");
        }
    }

    private static LoanImportStatus StatusOf(string text) => text.ToLowerInvariant() switch
    {
        "active" => LoanImportStatus.Active,
        "late" => LoanImportStatus.Late,
        "paid-off" => LoanImportStatus.PaidOff,
        "written-off" => LoanImportStatus.WrittenOff,
        _ => throw new FormatException($"status is '{text}'; it can be active, late, paid-off, written-off"),
    };
}
