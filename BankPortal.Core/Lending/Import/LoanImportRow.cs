namespace BankPortal.Core.Lending.Import;

/// <summary>One loan of another system's loan book.</summary>
public sealed record LoanImportRow
{
    /// <summary>The line of the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The loan's id there.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the account there; the account was imported before.</summary>
    public required string Account { get; init; }

    /// <summary>The id of the customer there.</summary>
    public required string Customer { get; init; }

    /// <summary>The day on which it was paid out.</summary>
    public required DateOnly GrantedOn { get; init; }

    /// <summary>What was lent.</summary>
    public required Money Amount { get; init; }

    /// <summary>The number of monthly instalments.</summary>
    public required int Months { get; init; }

    /// <summary>The instalment.</summary>
    public required Money Instalment { get; init; }

    /// <summary>The state.</summary>
    public required LoanImportStatus Status { get; init; }

    /// <summary>What has been paid in all.</summary>
    public required Money PaidSoFar { get; init; }

    /// <summary>The code of the product; <see langword="null"/> for <c>imported</c>.</summary>
    public string? Product { get; init; }

    /// <summary>The fee for missed instalments from now on; <see langword="null"/> for none.</summary>
    public Money? LateFee { get; init; }

    /// <summary>The days of grace from now on; <see langword="null"/> for none.</summary>
    public int? GraceDays { get; init; }
}

/// <summary>The state of a loan in a file.</summary>
public enum LoanImportStatus
{
    /// <summary>Nothing is overdue.</summary>
    Active,

    /// <summary>An instalment is overdue.</summary>
    Late,

    /// <summary>Repaid.</summary>
    PaidOff,

    /// <summary>Written off.</summary>
    WrittenOff,
}
