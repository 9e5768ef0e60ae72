using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Performance;

namespace BankPortal.Core.Reports;

/// <summary>The loan book for reports: from the days that the module Lending keeps. Thread-safe.</summary>
public sealed class LoanBookFigures(ILoanBookDayStore days) : ILoanFigures
{
    /// <inheritdoc/>
    public async Task<bool> AnyAsync(CancellationToken ct = default) =>
        await days.ReadHeadAsync(ct) is { Through: { } through } && await days.FindAsync(through, ct) is { Cells.IsEmpty: false };

    /// <inheritdoc/>
    public async Task<DateOnly?> FindThroughAsync(CancellationToken ct = default)
    {
        var head = await days.ReadHeadAsync(ct);
        return head switch
        {
            { Through: null } => DateOnly.MinValue,

            // Loans with a past were imported: the days from there on are computed again first.
            { AgainFrom: { } again, Through: { } through } when again <= through => again.AddDays(-1),
            _ => head.Through,
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoanCell>> ReadAsync(DateOnly day, CancellationToken ct = default) =>
        await days.FindAsync(day, ct) is { } book
            ? [.. book.Cells
                .Where(cell => Currency.All.Any(currency => currency.Code == cell.Currency))
                .GroupBy(cell => (cell.Product, Bucket: Name(cell.Bucket), cell.Vintage, cell.Status, cell.Currency))
                .Select(group => new LoanCell(
                    group.Key.Product,
                    group.Key.Bucket,
                    group.Key.Vintage,
                    group.Key.Status.ToString(),
                    group.Sum(cell => cell.Count),
                    new Money(
                        group.Sum(cell => group.Key.Status == LoanStatus.WrittenOff ? cell.WrittenOff : cell.Outstanding),
                        Currency.All.First(currency => currency.Code == group.Key.Currency))))]
            : [];

    private static string Name(DelinquencyBucket bucket) => bucket switch
    {
        DelinquencyBucket.Current => "current",
        DelinquencyBucket.Days1To29 => "01-29",
        DelinquencyBucket.Days30To59 => "30-59",
        DelinquencyBucket.Days60To89 => "60-89",
        _ => "90+",
    };
}
