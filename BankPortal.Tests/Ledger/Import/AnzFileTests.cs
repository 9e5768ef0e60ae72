using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Tests.Ledger.Import;

/// <summary>
/// A real-shaped file of a bank: ANZ's public synthesised transactions. It is no part of the repository; the tests are
/// skipped where it does not lie beside it, in <c>shared/data/anz/transactions.csv</c>.
/// </summary>
[EngineTest]
public sealed class AnzFileTests
{
    private const int AccountsWithDifferences = 70;
    private const string Place = "shared/data/anz/transactions.csv";

    [Fact]
    public void Plan_TheFile_HasItsFacts()
    {
        var (file, plan) = Read();

        Assert.Equal(ImportFormat.Anz, file.Format);
        Assert.Empty(plan.Problems);
        Assert.Equal(12_043, file.Rows.Length);
        Assert.Equal((100, 100), (plan.Customers.Length, plan.Accounts.Length));
        var movements = plan
            .Accounts.SelectMany(a => a.Steps)
            .Where(s => s.Kind is not (TransferKind.Opening or TransferKind.Adjustment))
            .Select(s => s.Amount.Amount)
            .ToList();
        Assert.Equal((11_160, -586_707.35m), (movements.Count(a => a < 0), movements.Where(a => a < 0).Sum()));
        Assert.Equal((883, 1_676_576.85m), (movements.Count(a => a > 0), movements.Where(a => a > 0).Sum()));
        Assert.Equal(AccountsWithDifferences, plan.Accounts.Count(account => account.IsAdjusted));
        Assert.Equal(LastBalances(), plan.Accounts.ToDictionary(a => a.AccountId, a => a.FinalBalance.Amount, StringComparer.Ordinal));
    }

    [Fact]
    public void Plan_TheFileWithoutAcceptingDifferences_LeavesOutTheAccountsThatNeedAdjustments()
    {
        var (file, plan) = Read(acceptDifferences: false);

        Assert.Equal((AccountsWithDifferences, 100 - AccountsWithDifferences), (plan.DifferingAccounts, plan.Accounts.Length));
        Assert.Equal(AccountsWithDifferences, plan.Problems.Length);
        Assert.All(plan.Accounts, account => Assert.False(account.IsAdjusted));
        Assert.Equal(
            file.Rows.Length,
            plan.Problems.Sum(problem => problem.LinesLeftOut)
                + plan.Accounts.Sum(account => account.Steps.Count(step => step.Kind != TransferKind.Opening)));
    }

    // Some twelve thousand transfers: a minute or two. Leave it out with --filter Category!=Slow (or -trait- Category=Slow).
    [Fact, Trait("Category", "Slow")]
    public async Task RunAsync_TheFile_EndsWithTheFilesBalancesAndAVerifiedLedger()
    {
        var (_, plan) = Read();
        await using var world = await ImportWorld.CreateAsync();

        var outcome = await world.Service.RunAsync(plan);

        Assert.Empty(outcome.Problems);
        Assert.Equal(plan.StepCount, outcome.Postings);
        var last = LastBalances();
        foreach (var account in plan.Accounts)
        {
            Assert.Equal(
                last[account.AccountId],
                (await world.BalanceAsync(plan.Source, account.CustomerId, account.AccountId))!.Value.Amount
            );
        }

        var found = await world.Ledger.Verifier.VerifyAsync();
        Assert.True(found.IsClean, string.Join('\n', found.Violations));
        Assert.Equal((100, plan.StepCount), (found.Accounts, (int)found.Transfers));
        Assert.Equal(last.Values.Sum(), Assert.Single(found.CustomerBalances).Amount);
    }

    private static (ImportFile File, ImportPlan Plan) Read(bool acceptDifferences = true)
    {
        var file = ImportFileReader.Read(
            ImportText.ToUtf8(File.ReadAllBytes(Find()), ImportEncoding.Unicode),
            ImportMapping.Documented,
            new LedgerRules(new LedgerOptions()),
            DateTimeOffset.UtcNow);
        return (file, ImportPlanner.Plan("anz", file.Rows, file.Unreadable, acceptDifferences));
    }

    // Read in another, plainer way than the import does.
    private static Dictionary<string, decimal> LastBalances()
    {
        var lines = File.ReadAllLines(Find());
        var header = lines[0].Split(',');
        return lines.Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(fields => fields[Array.IndexOf(header, "account")], StringComparer.Ordinal)
            .ToDictionary(
                account => account.Key,
                account =>
                    decimal.Parse(
                        account.OrderBy(fields => fields[Array.IndexOf(header, "extraction")], StringComparer.Ordinal).Last()[
                            Array.IndexOf(header, "balance")
                        ],
                        CultureInfo.InvariantCulture
                    ),
                StringComparer.Ordinal
            );
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, Place) is var file && File.Exists(file))
            {
                return file;
            }
        }

        Assert.Skip($"There is no {Place} in a folder above the tests.");
        return "";
    }
}
