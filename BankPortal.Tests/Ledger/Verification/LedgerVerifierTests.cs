using BankPortal.Core.Ledger.Verification;

namespace BankPortal.Tests.Ledger.Verification;

/// <summary>Verification reads a ledger of any size without keeping it in memory.</summary>
[UnitTest]
public sealed class LedgerVerifierTests
{
    private const int Accounts = 60;
    private const int Transfers = 6_000;

    [Fact]
    public async Task Verify_LedgerInOrder_ReadsItOnceAndKeepsNothing()
    {
        var audit = await BooksAsync();

        var found = await new LedgerVerifier(audit).VerifyAsync();

        Assert.True(found.IsClean, string.Join('\n', found.Violations));
        Assert.Equal((Accounts, Accounts + Transfers, 2L * (Accounts + Transfers)), (found.Accounts, found.Transfers, found.Entries));
        Assert.Equal((0L, 1), (found.RowsKept, audit.Readings));
    }

    [Fact]
    public async Task Verify_OneDifferenceOfEachKind_NamesItAndKeepsOnlyWhatIsNearIt()
    {
        var audit = await BooksAsync();
        var transfer = audit.Transfers[Transfers / 2];
        audit.Transfers[Transfers / 2] = transfer with { Amount = transfer.Amount + Usd(1) };
        var lost = audit.Transfers[^1];
        audit.Transfers.RemoveAt(audit.Transfers.Count - 1);
        audit.Accounts[3] = audit.Accounts[3] with { Balance = audit.Accounts[3].Balance + Usd(5) };
        audit.Accounts[4] = audit.Accounts[4] with { Held = Usd(7) };
        audit.Accounts[5] = audit.Accounts[5] with { LastEntryAt = audit.Accounts[5].LastEntryAt + TimeSpan.FromHours(1) };

        var found = await new LedgerVerifier(audit).VerifyAsync();

        Assert.Contains(found.Violations, v => v.Invariant == 7 && v.Subject == transfer.Id);
        Assert.Contains(found.Violations, v =>
            v.Invariant == 7 && v.Subject == lost.Id && v.Detail.EndsWith("has no transfer", StringComparison.Ordinal)
        );
        Assert.Contains(found.Violations, v =>
            v.Invariant == 3 && v.Subject == audit.Accounts[3].Id && v.Detail.StartsWith("the row says", StringComparison.Ordinal)
        );
        Assert.Contains(found.Violations, v =>
            v.Invariant == 3 && v.Subject == audit.Accounts[4].Id && v.Detail.StartsWith("the row holds 7.00 USD", StringComparison.Ordinal)
        );
        Assert.Contains(found.Violations, v => v.Invariant == 3 && v.Subject == audit.Accounts[5].Id);
        var named = new HashSet<string>([transfer.Id, lost.Id, .. audit.Accounts[3..6].Select(a => a.Id)], StringComparer.Ordinal);
        Assert.All(found.Violations, v => Assert.Contains(v.Subject, named));
        Assert.InRange(found.RowsKept, 1, 100);
        Assert.Equal(2, audit.Readings);
    }

    [Fact]
    public async Task Verify_EntryDeleted_NamesTheFirstBrokenLink()
    {
        var audit = await BooksAsync();
        var account = audit.Accounts[7].Id;
        var chain = audit.Entries.Where(e => e.AccountId == account).ToList();
        audit.Entries.Remove(chain[4]);

        var found = await new LedgerVerifier(audit).VerifyAsync();

        var first = found.Violations.First(v => v.Subject == account);
        Assert.StartsWith("entry 6 ", first.Detail, StringComparison.Ordinal);
        Assert.EndsWith("stands where number 5 should be", first.Detail, StringComparison.Ordinal);
        Assert.Contains(found.Violations, v =>
            v.Invariant == 7 && v.Subject == chain[4].TransferId && v.Detail.StartsWith("posted, but has", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Verify_EverythingBroken_KeepsNoMoreThanAllowedAndStopsWhenTheListIsFull()
    {
        var audit = await BooksAsync();
        for (var i = 0; i < audit.Transfers.Count; i++)
        {
            audit.Transfers[i] = audit.Transfers[i] with { Kind = TransferKind.Adjustment };
        }

        var found = await new LedgerVerifier(audit, maxKept: 200).VerifyAsync();

        Assert.Equal(LedgerVerifier.MaxListed, found.Violations.Length);
        Assert.True(found.ViolationCount > LedgerVerifier.MaxListed);
        Assert.InRange(found.RowsKept, 1, 200);
        Assert.InRange(audit.Readings, 2, 12);
    }

    [Fact]
    public async Task Verify_TwoRowsThatCancelOut_AreBothFound()
    {
        var audit = await BooksAsync();
        var (one, other) = (audit.Accounts[10], audit.Accounts[11]);
        audit.Accounts[10] = one with { Held = Usd(3), Balance = one.Balance + Usd(1) };
        audit.Accounts[11] = other with { Held = Usd(-3), Balance = other.Balance - Usd(1) };

        var found = await new LedgerVerifier(audit).VerifyAsync();

        Assert.Contains(found.Violations, v => v.Subject == one.Id && v.Detail.StartsWith("the row holds", StringComparison.Ordinal));
        Assert.Contains(found.Violations, v => v.Subject == other.Id && v.Detail.StartsWith("the row holds", StringComparison.Ordinal));
    }

    private static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);

    private static async Task<ListAudit> BooksAsync()
    {
        var bank = new InMemoryBank();
        var ids = new List<string>();
        for (var i = 0; i < Accounts; i++)
        {
            ids.Add((await bank.Accounts.OpenAsync(Actor.Customer($"u{i}"), new OpenAccount("k", AccountType.Checking))).Value.Id);
            await MustAsync(TransferKind.Opening, GeneralLedger.Opening(Currency.Usd), ids[i], 100_000, i);
        }

        for (var i = 0; i < Transfers; i++)
        {
            await MustAsync(TransferKind.Transfer, ids[i % Accounts], ids[(i + 1 + (i % 7)) % Accounts], 1 + (i % 13), Accounts + i);
        }

        var accounts = new List<Account>();
        foreach (var id in ids)
        {
            accounts.Add((await bank.Store.FindAsync(id))!);
        }

        return new ListAudit(accounts, [.. bank.Store.Transfers], [.. bank.Store.Entries]);

        async Task MustAsync(TransferKind kind, string from, string to, decimal amount, int key)
        {
            var done = await bank.Ledger.ExecuteAsync(
                new TransferOrder
                {
                    Actor = Actor.System,
                    IdempotencyKey = $"k{key}",
                    Kind = kind,
                    DebitAccountId = from,
                    CreditAccountId = to,
                    Amount = Usd(amount),
                }
            );
            Assert.True(done.IsSuccess, done.Error?.ToString());
        }
    }

    /// <summary>A ledger in lists, which a test can tamper with. Counts how often it is read.</summary>
    private sealed class ListAudit(List<Account> accounts, List<Transfer> transfers, List<Entry> entries) : ILedgerAudit
    {
        public List<Account> Accounts { get; } = accounts;

        public List<Transfer> Transfers { get; } = transfers;

        public List<Entry> Entries { get; } = entries;

        public int Readings { get; private set; }

        public IAsyncEnumerable<Account> AccountsAsync(CancellationToken ct = default)
        {
            Readings++;
            return Accounts.ToAsyncEnumerable();
        }

        public IAsyncEnumerable<Transfer> TransfersAsync(CancellationToken ct = default) => Transfers.ToAsyncEnumerable();

        public IAsyncEnumerable<Entry> EntriesAsync(CancellationToken ct = default) => Entries.ToAsyncEnumerable();
    }
}
