using BankPortal.Core.Reports.Cubes;

namespace BankPortal.Core.Reports;

/// <summary>
/// Gives the loan book as it stood at the end of a day. The module that keeps loans implements it; without one, reports about loans say
/// that there are none. Implementations are thread-safe.
/// </summary>
public interface ILoanFigures
{
    /// <summary>Whether there are loans at all. Cheap.</summary>
    Task<bool> AnyAsync(CancellationToken ct = default);

    /// <summary>The last day whose loan book is complete, before which no day is counted; <see langword="null"/> when nothing waits for
    /// loans.</summary>
    Task<DateOnly?> FindThroughAsync(CancellationToken ct = default) => Task.FromResult<DateOnly?>(null);

    /// <summary>
    /// Reads the loan book at the end of a day. The job that counts closed days asks once for each day, so it may cost a read for each
    /// megabyte of loans.
    /// </summary>
    /// <param name="day">The bank's day.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<LoanCell>> ReadAsync(DateOnly day, CancellationToken ct = default);
}

/// <summary>Loans that have the same product, bucket, vintage and status.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Bucket">Days overdue: <c>current</c>, <c>01-29</c>, <c>30-59</c>, <c>60-89</c>, <c>90+</c>.</param>
/// <param name="Vintage">The month in which it was paid out: <c>2026-03</c>.</param>
/// <param name="Status">The status's name.</param>
/// <param name="Count">How many loans.</param>
/// <param name="Principal">What they owe of the principal; for written-off loans what was written off.</param>
public sealed record LoanCell(string Product, string Bucket, string Vintage, string Status, long Count, Money Principal)
{
    /// <summary>The key of its cell in <see cref="CubeSpec.Loans"/>.</summary>
    internal string Key => CubeCells.KeyOf(Product, Bucket, Vintage, Status);
}

/// <summary>A bank without loans.</summary>
public sealed class NoLoanFigures : ILoanFigures
{
    /// <inheritdoc/>
    public Task<bool> AnyAsync(CancellationToken ct = default) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoanCell>> ReadAsync(DateOnly day, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<LoanCell>>([]);
}
