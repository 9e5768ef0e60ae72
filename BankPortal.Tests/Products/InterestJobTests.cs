using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Products.Bookings;

namespace BankPortal.Tests.Products;

[UnitTest]
public sealed class InterestJobTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Step_ManyAccounts_GoesOnFromTheCursorOnAnyNode()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var accounts = new List<Account>();
        for (var i = 0; i < 5; i++)
        {
            accounts.Add(await bank.Bank.OpenAsync(bank.Bank.Customer($"p{i}", "Somebody"), 10_000, AccountType.Savings));
        }

        bank.GoTo(2026, 2, 1);
        string? cursor = null;
        JobStep step;
        var steps = 0;
        do
        {
            // Each step on another node, and each made twice, as after a crash before the cursor was stored.
            await StepAsync(bank, accounts, cursor);
            step = await StepAsync(bank, accounts, cursor);
            cursor = step.Cursor;
            steps++;
        }
        while (!step.IsDone);

        Assert.Equal(3, steps);
        Assert.Equal("Interest and fees of 5 accounts, 0 bookings pending", step.Summary);
        foreach (var account in accounts)
        {
            Assert.Equal(10_042_46, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
        }
    }

    [Fact]
    public async Task Step_SwitchedOff_PostsNothing()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.Options.PostDaily = false;
        bank.GoTo(2026, 2, 1);
        Assert.True((await StepAsync(bank, [account], null)).IsDone);
        Assert.Equal(1, (await bank.Bank.FindAsync(account)).Sequence);
    }

    [Fact]
    public async Task Step_TermsWereApprovedSinceTheLastWalk_WalksAgain()
    {
        var bank = ProductBank.Saving(5, NewYear);
        var account = await bank.OpenAsync(10_000);
        bank.GoTo(2026, 2, 1);
        Assert.True((await StepAsync(bank, [account], null)).IsDone);
        await bank.ChangeAsync(AccountType.Savings, ProductBank.Rate(6), new DateOnly(2026, 1, 1));

        await StepAsync(bank, [account], null);
        await StepAsync(bank, [account], null);

        Assert.Equal(10_050_95, (await bank.Bank.FindAsync(account)).Balance.MinorUnits);
        Assert.Equal(2, (await bank.EntriesAsync(account, TransferKind.Interest)).Count);
    }

    private static Task<JobStep> StepAsync(ProductBank bank, List<Account> accounts, string? cursor)
    {
        var run = new BookingRun(new AccountPages(bank.Bank, accounts), bank.Bookings, bank.Terms, bank.Service, bank.Bank.Time);
        var now = bank.Bank.Time.GetUtcNow();
        return new InterestJob(run, bank.Options).StepAsync(new JobContext("node", 1, cursor, now, now), default);
    }
}
