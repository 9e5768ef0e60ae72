using BankPortal.Web.Features.Ledger.Holds;

namespace BankPortal.Tests.Ledger.Holds;

[UnitTest]
public sealed class HoldExpiryWorkerTests
{
    [Fact]
    public async Task Running_LooksSoonAfterTheStartAndThenEveryFewMinutes()
    {
        var bank = new InMemoryBank(new LedgerOptions { TimeZone = "UTC", HoldsExpireAfter = TimeSpan.FromMinutes(2) });
        var (ann, ben) = (bank.Customer("ann", "Ann"), bank.Customer("ben", "Ben"));
        var (mine, bens) = (await bank.OpenAsync(ann, 100), await bank.OpenAsync(ben));
        var first = await HoldAsync("first");
        bank.Time.Advance(TimeSpan.FromMinutes(3));
        using var worker = new HoldExpiryWorker(
            new HoldExpiry(bank.Store, bank.Ledger, bank.LedgerOptions, bank.Time, NullLogger<HoldExpiry>.Instance),
            bank.Time,
            NullLogger<HoldExpiryWorker>.Instance
        );
        await worker.StartAsync(TestContext.Current.CancellationToken);

        // The first look fails, and does not end the worker.
        bank.Store.FailLists(1);
        await UntilAsync(() => bank.Store.ListCalls == 1, HoldExpiryWorker.AtFirst);
        Assert.Equal(TransferStatus.Held, (await bank.Store.FindTransferAsync(first))!.Status);
        await UntilAsync(() => bank.Store.ListCalls == 2, HoldExpiryWorker.Every);
        await UntilAsync(() => bank.Store.Transfers.Single(t => t.Id == first).Status == TransferStatus.Rejected, TimeSpan.Zero);

        var second = await HoldAsync("second");
        await UntilAsync(() => bank.Store.Transfers.Single(t => t.Id == second).Status == TransferStatus.Rejected, HoldExpiryWorker.Every);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        async Task<string> HoldAsync(string key) => (await bank.Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = ann,
            IdempotencyKey = key,
            Kind = TransferKind.Transfer,
            DebitAccountId = mine.Id,
            CreditAccountId = bens.Id,
            Amount = LedgerWorld.Usd(5),
            Hold = true,
            DuplicateConfirmed = true,
        })).Value.Id;

        // The worker sets its timer on a thread of its own: the clock is moved on until it has, and has fired.
        async Task UntilAsync(Func<bool> done, TimeSpan step)
        {
            for (var i = 0; i < 2_000 && !done(); i++)
            {
                bank.Time.Advance(step / 4);
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Assert.True(done());
        }
    }
}
