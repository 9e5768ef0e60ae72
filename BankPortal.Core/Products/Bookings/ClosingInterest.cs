namespace BankPortal.Core.Products.Bookings;

/// <summary>Pays the accrued interest before an account is closed. Thread-safe.</summary>
public sealed class ClosingInterest(BookingService bookings) : IClosingStep
{
    /// <inheritdoc/>
    public async Task<Error?> PrepareAsync(Account account, CancellationToken ct = default) =>
        await bookings.PayAccruedAsync(account, ct) is { IsPositive: true } paid ? new InterestPaidFirstError(paid) : null;
}

/// <summary>The account was empty, and now has the interest that had accrued.</summary>
public sealed record InterestPaidFirstError(Money Paid)
    : Error(
        $"We have just paid you {Paid.Format(CultureInfo.CurrentCulture)} of interest that had accrued. "
        + "Move it out, then close the account.");
