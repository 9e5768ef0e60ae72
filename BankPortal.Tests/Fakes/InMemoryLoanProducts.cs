using BankPortal.Core.Lending.Offers;

namespace BankPortal.Tests.Fakes;

/// <summary>Kinds of loans in memory, with the real store's condition.</summary>
public sealed class InMemoryLoanProducts : ILoanProductStore
{
    private ImmutableSortedDictionary<string, LoanProduct> _products = ImmutableSortedDictionary<string, LoanProduct>.Empty;

    public Task<ImmutableArray<LoanProduct>> ListAsync(CancellationToken ct = default) =>
        Task.FromResult<ImmutableArray<LoanProduct>>([.. _products.Values]);

    public Task<bool> TryWriteAsync(LoanProduct product, CancellationToken ct = default)
    {
        if ((_products.GetValueOrDefault(product.Code)?.Version ?? 0) != product.Version - 1)
        {
            return Task.FromResult(false);
        }

        _products = _products.SetItem(product.Code, product);
        return Task.FromResult(true);
    }
}
