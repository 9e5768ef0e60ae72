using BankPortal.Core.Audit;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Offers;

/// <summary>
/// Reads and changes the kinds of loans. A change applies to loans that are applied for afterwards; every loan keeps the terms it was
/// signed with. Thread-safe.
/// </summary>
public sealed class LoanProductService(ILoanProductStore store, IAuditTrail audit, StepUpPolicy stepUp)
{
    /// <summary>The products that the bank starts with.</summary>
    public static ImmutableArray<LoanProduct> Shipped { get; } =
    [
        new()
        {
            Code = "personal", Name = "Personal loan", Description = "For anything you need, with the same instalment every month.",
            Rate = 7.9m, Method = RepaymentMethod.Annuity, MinAmount = 500, MaxAmount = 50_000, MinMonths = 6, MaxMonths = 84,
            ArrangementFee = 1, LateFee = 15, GraceDays = 5, Version = 1,
        },
        new()
        {
            Code = "car", Name = "Car loan", Description = "For a car, new or used.", Rate = 5.4m, Method = RepaymentMethod.Annuity,
            MinAmount = 2_000, MaxAmount = 80_000, MinMonths = 12, MaxMonths = 96, ArrangementFee = 0.5m, LateFee = 20, GraceDays = 5,
            Version = 1,
        },
        new()
        {
            Code = "home", Name = "Home improvement loan", Description = "For your home. You repay the same part every month, so the instalments fall.",
            Rate = 4.75m, Method = RepaymentMethod.EqualPrincipal, MinAmount = 5_000, MaxAmount = 250_000, MinMonths = 24, MaxMonths = 240,
            LateFee = 25, GraceDays = 10, Version = 1,
        },
    ];

    /// <summary>Whether the actor may see all products and loans of the bank.</summary>
    public static bool MayRead(Actor actor) => actor.Is(BankRoles.Manager) || actor.Is(BankRoles.Admin);

    /// <summary>The products that customers can apply for.</summary>
    public async Task<ImmutableArray<LoanProduct>> OfferedAsync(CancellationToken ct = default) =>
        [.. (await ReadAsync(ct)).Where(product => product.IsOffered)];

    /// <summary>Reads a product; <see langword="null"/> when there is none.</summary>
    public async Task<LoanProduct?> FindAsync(string code, CancellationToken ct = default) =>
        (await ReadAsync(ct)).FirstOrDefault(product => product.Code == code);

    /// <summary>Reads all products, for staff.</summary>
    public async Task<Result<ImmutableArray<LoanProduct>>> ListAsync(Actor actor, CancellationToken ct = default) =>
        MayRead(actor) ? await ReadAsync(ct) : new NotAllowedError();

    /// <summary>Adds or changes a product. Managers, with a fresh second factor.</summary>
    /// <param name="actor">The manager.</param>
    /// <param name="product">The product, with the version that was read; 0 for a new one.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Result<LoanProduct>> SaveAsync(Actor actor, LoanProduct product, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        if (!actor.Is(BankRoles.Manager))
        {
            return new NotAllowedError();
        }

        if (stepUp.Check(actor).Error is { } stale)
        {
            return stale;
        }

        var clean = product with { Name = TextInput.Clean(product.Name), Description = TextInput.Clean(product.Description) };
        if (clean.Check() is [var first, ..])
        {
            return first;
        }

        var why = StaffReason.Check(reason);
        if (!why.IsSuccess)
        {
            return why.Error;
        }

        var next = clean with { Version = clean.Version + 1 };
        return await audit.RunAsync<LoanProduct>(
            actor,
            "loan-product.save",
            AuditSubject.Loan("product/" + next.Code),
            why.Value,
            async token => await store.TryWriteAsync(next, token) ? next : new ProductChangedError(),
            ct: ct);
    }

    private async Task<ImmutableArray<LoanProduct>> ReadAsync(CancellationToken ct)
    {
        var stored = await store.ListAsync(ct);
        if (!stored.IsEmpty)
        {
            return stored;
        }

        foreach (var product in Shipped)
        {
            await store.TryWriteAsync(product, ct);
        }

        return await store.ListAsync(ct);
    }
}

/// <summary>Somebody else changed the product, or a product with the code exists.</summary>
public sealed record ProductChangedError()
    : Error("Somebody has changed this product meanwhile, or the code is taken. Load the page again and make your change once more.")
{
    /// <inheritdoc/>
    public override string? Field => "code";
}
