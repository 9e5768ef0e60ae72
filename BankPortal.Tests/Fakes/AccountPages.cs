namespace BankPortal.Tests.Fakes;

/// <summary>The accounts of a bank in memory for jobs that walk over all of them, two to a page.</summary>
public sealed class AccountPages(InMemoryBank bank, IReadOnlyList<Account> accounts) : IReconciliationReader
{
    public async Task<AccountPage> NextAccountsAsync(string? after, int limit, CancellationToken ct = default)
    {
        var start = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        var rows = ImmutableArray.CreateBuilder<AccountRow>();
        foreach (var account in accounts.Skip(start).Take(2))
        {
            rows.Add(new AccountRow(account.Id, await bank.FindAsync(account)));
        }

        var next = start + 2;
        return new AccountPage(rows.ToImmutable(), next < accounts.Count ? next.ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task<IReadOnlyDictionary<string, Transfer?>> FindTransfersAsync(
        IReadOnlyCollection<string> transferIds, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, Entry?>> FindInternalLegsAsync(
        IReadOnlyCollection<Transfer> transfers, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<HeldTransfer>> ListHeldAsync(CancellationToken ct = default) => throw new NotSupportedException();
}
