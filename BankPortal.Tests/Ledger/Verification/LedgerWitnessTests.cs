using BankPortal.Bench;
using BankPortal.Infrastructure.Ledger.Verification;

namespace BankPortal.Tests.Ledger.Verification;

/// <summary>The witness beside the embedded engine's file: what it keeps, and what it finds missing at the next start.</summary>
public sealed class LedgerWitnessTests : EmbeddedEngineTest
{
    private const string DataFile = "bankportal.db";
    private const string WitnessLog = "bankportal_witness.log";

    private string Restored => Path.Combine(Folder, "restored");

    [Fact]
    public async Task Start_WriteAheadLogWasDeleted_NamesTheDepositsThatAreMissing()
    {
        string[] deposits;
        await using (var bank = await BenchBank.StartAsync(Folder, new RequestCounting()))
        {
            var account = Assert.Single(await bank.OpenAsync("ann", 1, 100));
            deposits = [await DepositAsync(bank, account, 25, "first"), await DepositAsync(bank, account, 30, "second")];

            // The file without its log, as somebody leaves it who tidies up after a crash.
            Directory.CreateDirectory(Restored);
            File.Copy(Path.Combine(Folder, DataFile), Path.Combine(Restored, DataFile));
        }

        File.Copy(Path.Combine(Folder, WitnessLog), Path.Combine(Restored, WitnessLog));

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(
            () => BenchBank.StartAsync(Restored, new RequestCounting()));

        Assert.StartsWith("The database lacks what was committed before (the last: step 3, ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Deposit of 30.00 USD (Posted), transfer " + deposits[1], refusal.Message, StringComparison.Ordinal);
        Assert.Contains("see docs/backup.md", refusal.Message, StringComparison.Ordinal);

        // It stays so until somebody decides; then the bank goes on with what it has.
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => BenchBank.StartAsync(Restored, new RequestCounting()));
        File.Move(Path.Combine(Restored, WitnessLog), Path.Combine(Restored, "accepted.log"));
        await using var next = await BenchBank.StartAsync(Restored, new RequestCounting());
        Assert.Null(await next.Store.FindTransferAsync(deposits[1]));
    }

    [Fact]
    public async Task VerifyLedger_WriteAheadLogWasDeleted_SaysSoWithoutAStackAndExits3()
    {
        await using (var bank = await BenchBank.StartAsync(Folder, new RequestCounting()))
        {
            var account = Assert.Single(await bank.OpenAsync("ann", 1, 100));
            await DepositAsync(bank, account, 25, "first");
            Directory.CreateDirectory(Restored);
            File.Copy(Path.Combine(Folder, DataFile), Path.Combine(Restored, DataFile));
        }

        File.Copy(Path.Combine(Folder, WitnessLog), Path.Combine(Restored, WitnessLog));

        await using var portal = PortalProcess.Start("verify-ledger", $"--Dynamo:DataFolder={Restored}");

        Assert.Equal(3, await portal.ExitAsync());
        Assert.Contains("Deposit of 25.00 USD (Posted)", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NothingIsMissing_GoesOnAndCountsOn()
    {
        string first;
        await using (var bank = await BenchBank.StartAsync(Folder, new RequestCounting()))
        {
            first = await DepositAsync(bank, Assert.Single(await bank.OpenAsync("ann", 1, 100)), 25, "first");
        }

        string second;
        await using (var bank = await BenchBank.StartAsync(Folder, new RequestCounting()))
        {
            second = await DepositAsync(bank, Assert.Single(await bank.OpenAsync("ben", 1, 100)), 30, "second");
        }

        var steps = WitnessFile.Read(Path.Combine(Folder, WitnessLog));
        Assert.Equal([1, 2, 3, 4], steps.Select(step => step.Number));
        Assert.Equal([first, second], steps.Where(step => step.Number % 2 == 0).Select(step => step.Transfers[0].Id));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, WitnessLog)));
        }
    }

    [Fact]
    public async Task Start_HeldTransferWasReleasedAndTheReleaseIsLost_NamesIt()
    {
        await using (var bank = await BenchBank.StartAsync(Folder, new RequestCounting()))
        {
            var accounts = await bank.OpenAsync("ann", 2, 100);
            var order = BenchBank.Order(accounts[0], accounts[1], 7, "held") with { Hold = true };
            var held = BenchBank.Must(await bank.Ledger.ExecuteAsync(order));
            var posted = held with { Status = TransferStatus.Posted };
            await File.WriteAllTextAsync(
                Path.Combine(Folder, "later.log"),
                new WitnessedStep(9, DateTimeOffset.UnixEpoch, [Noted(posted)], []).ToLine());
        }

        File.Move(Path.Combine(Folder, "later.log"), Path.Combine(Folder, WitnessLog), overwrite: true);

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => BenchBank.StartAsync(Folder, new RequestCounting()));

        Assert.Contains("Transfer of 7.00 USD (Posted)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EntriesOfAnAccountDiffer_NamesTheAccount()
    {
        WitnessedAccount noted;
        await using (var bank = await BenchBank.StartAsync(Folder, new RequestCounting()))
        {
            var account = Assert.Single(await bank.OpenAsync("ann", 1, 100));
            noted = new WitnessedAccount(account.Id, account.Version, account.Sequence, "00ff");
        }

        await File.WriteAllTextAsync(
            Path.Combine(Folder, WitnessLog), new WitnessedStep(9, DateTimeOffset.UnixEpoch, [], [noted]).ToLine());

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => BenchBank.StartAsync(Folder, new RequestCounting()));

        Assert.Contains($"account {noted.Id} differs from what was committed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_WithoutAnAnswer_IsNotedWhenItsTransferIsSeen()
    {
        var lose = new LoseAnswers("TransactWriteItems");
        Transfer transfer;
        await using (var bank = await BenchBank.StartAsync(Folder, lose))
        {
            var accounts = await bank.OpenAsync("ann", 2, 100);
            lose.Remaining = 1;
            transfer = BenchBank.Must(await bank.Ledger.ExecuteAsync(BenchBank.Order(accounts[0], accounts[1], 7, "lost")));
        }

        Assert.Contains(
            WitnessFile.Read(Path.Combine(Folder, WitnessLog)), step => step.Transfers.Any(noted => noted.Id == transfer.Id));
    }

    [Fact]
    public void Add_Thousands_KeepsTheNewestInASmallFile()
    {
        var path = Path.Combine(Folder, "witness");
        using (var file = new WitnessFile(path, []))
        {
            for (var number = 1; number <= (3 * WitnessFile.Kept) + 7; number++)
            {
                file.Add([Step(number)]);
            }

            file.Sync();
        }

        var kept = WitnessFile.Read(path);
        Assert.InRange(kept.Count, WitnessFile.Kept, 2 * WitnessFile.Kept);
        Assert.Equal((3 * WitnessFile.Kept) + 7, kept[^1].Number);
        Assert.Equal(kept[^1].Number - kept.Count + 1, kept[0].Number);
    }

    [Fact]
    public void Read_LastLineIsCut_GivesTheOthers()
    {
        var path = Path.Combine(Folder, "witness");
        File.WriteAllText(path, Step(1).ToLine() + Step(2).ToLine()[..^9]);

        Assert.Equal(1, Assert.Single(WitnessFile.Read(path)).Number);
    }

    [Fact]
    public void Add_FileThatCannotBeWrittenForAWhile_WritesEverythingAfterwards()
    {
        var folder = Path.Combine(Folder, "away");
        var path = Path.Combine(folder, "witness");
        using var file = new WitnessFile(path, []);
        Assert.ThrowsAny<IOException>(() => file.Add([Step(1)]));

        Directory.CreateDirectory(folder);
        file.Add([Step(2)]);

        Assert.Equal([1, 2], WitnessFile.Read(path).Select(step => step.Number));
    }

    private static WitnessedStep Step(long number) => new(
        number,
        DateTimeOffset.UnixEpoch,
        [new WitnessedTransfer($"transfer-{number}", TransferKind.Deposit, TransferStatus.Posted, 100, "USD")],
        [new WitnessedAccount("account", number, number, "00")]);

    private static WitnessedTransfer Noted(Transfer transfer) => new(
        transfer.Id, transfer.Kind, transfer.Status, transfer.Amount.MinorUnits, transfer.Amount.Currency.Code);

    private static async Task<string> DepositAsync(BenchBank bank, Account account, decimal amount, string key) =>
        BenchBank.Must(await bank.Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = Actor.Customer(account.OwnerId),
            IdempotencyKey = key,
            Kind = TransferKind.Deposit,
            DebitAccountId = GeneralLedger.Cash(account.Currency),
            CreditAccountId = account.Id,
            Amount = Money.Of(amount, account.Currency),
        })).Id;
}
