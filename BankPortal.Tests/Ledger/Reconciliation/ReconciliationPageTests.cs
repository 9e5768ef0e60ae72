using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;
using BankPortal.Web.Features.Ledger.Reconciliation;

namespace BankPortal.Tests.Ledger.Reconciliation;

/// <summary>The reconciliation page and card.</summary>
public sealed class ReconciliationPageTests : BankPageContext
{
    private readonly InMemoryReconciliation _store;

    public ReconciliationPageTests()
    {
        _store = Reconciliation;
        Become(BankRoles.Admin);
    }

    private DateTimeOffset Now => Bank.Time.GetUtcNow();

    [Fact]
    public void Card_LedgerInOrder_SaysSoAndWhen()
    {
        _store.State = Running();

        var card = Render<ReconciliationCard>();

        Assert.Equal("In order", card.Find(".badge-positive").TextContent);
        Assert.Contains("1,204 accounts", card.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("Checking: 300 of about 1,204 accounts.", card.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("/staff/reconciliation", card.Find("a.btn-quiet").GetAttribute("href"));
    }

    [Fact]
    public void Card_Differences_SaysHowManyAndLeadsThere()
    {
        _store.State = Running();
        _store.Open.Add(Missing(3));

        var card = Render<ReconciliationCard>();

        Assert.Equal("1 difference", card.Find(".badge-negative").TextContent);
        Assert.Equal("See what differs", card.Find("a.btn-primary").TextContent);
    }

    [Fact]
    public void Card_NothingForALongTime_SaysNotRunning()
    {
        _store.State = Running() with { LastStepAt = Now - TimeSpan.FromHours(2) };

        Assert.Equal("Not running", Render<ReconciliationCard>().Find(".badge-attention").TextContent);
    }

    [Fact]
    public void Card_NeverChecked_SaysSo()
    {
        Assert.Equal("Not running", Render<ReconciliationCard>().Find(".badge-attention").TextContent);
        _store.State = new ReconciliationState { LastStepAt = Now, CycleStartedAt = Now, Accounts = 5 };
        var card = Render<ReconciliationCard>();
        Assert.Equal("First check running", card.Find(".badge").TextContent);
        Assert.Contains("Not finished yet", card.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_TimePasses_ReadsAgainAndKeepsWhatItHasWhenThatFails()
    {
        _store.State = Running();
        var card = Render<ReconciliationCard>();
        _store.Open.Add(Missing(3));

        Bank.Time.Advance(TimeSpan.FromSeconds(10));
        card.WaitForAssertion(() => Assert.Equal("1 difference", card.Find(".badge").TextContent));

        _store.Away = true;
        Bank.Time.Advance(TimeSpan.FromSeconds(10));
        card.WaitForAssertion(() => Assert.Contains("could not be read again", card.Find(".facts").TextContent, StringComparison.Ordinal));
        Assert.Equal("1 difference", card.Find(".badge").TextContent);
    }

    [Fact]
    public void Page_NothingDiffers_SaysSo()
    {
        _store.State = Running();

        var page = Open<ReconciliationPage>("/staff/reconciliation");

        Assert.Equal("Nothing differs", page.Find(".empty-title").TextContent);
        Assert.Empty(page.FindAll("table"));
        Assert.Empty(page.FindAll(".error-box"));
    }

    [Fact]
    public void Page_ClosedDays_SaysWhenTheyWereComparedAndWhatDiffers()
    {
        _store.State = Running();
        var day = new DateOnly(2026, 2, 27);
        _store.Open.Add(Difference.OfDay(DifferenceKind.BankDayDiffers, "USD", day, "3 entries", "4 entries", Now));
        _store.Open.Add(Difference.OfDay(DifferenceKind.AccountDayDiffers, "ACCOUNT9", day, "1 entries", "2 entries", Now));
        Jobs[DayVerificationJob.JobName] = new JobState
        {
            Name = DayVerificationJob.JobName,
            LastSuccessAt = Now,
            LastSummary = "3 closed days compared with the ledger, 1 differs.",
        };

        var page = Open<ReconciliationPage>("/staff/reconciliation");

        var rows = page.FindAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains(rows, row => row.Contains("Bank, USD", StringComparison.Ordinal) && row.Contains("Feb 27", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("ACCOUNT9", StringComparison.Ordinal) && row.Contains("Feb 27", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains("Entry ", StringComparison.Ordinal));
        Assert.Contains("1 differs.", page.Find("[aria-labelledby=days-title]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OpenAndGoneDifferences_AreListedWithAllThatIsKnown()
    {
        _store.State = Running();
        _store.Open.Add(Missing(1_003));
        _store.Open.Add(
            new Difference(
                DifferenceKind.TransferDiffers,
                "ACCOUNT2",
                "TRANSFER2",
                7,
                "Transfer of 5.00 USD at entry 7",
                "Transfer of 6.00 USD at entry 7",
                Now,
                Now
            )
        );
        _store.Gone.Add(
            new Difference(
                DifferenceKind.HeldDiffers,
                "ACCOUNT3",
                null,
                0,
                "0.00 USD in 0 held transfers",
                "5.00 USD in the row",
                Now,
                Now,
                Now
            )
        );

        var page = Open<ReconciliationPage>("/staff/reconciliation");

        var tables = page.FindAll("table");
        Assert.Equal(
            ["Open differences, the latest first", "Differences that are no longer there, the latest first"],
            tables.Select(table => table.GetAttribute("aria-label"))
        );
        var rows = tables[0].QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains(rows, row =>
            row.Contains("Entry missing", StringComparison.Ordinal)
            && row.Contains("Entry 1,003", StringComparison.Ordinal)
            && row.Contains("ACCOUNT1", StringComparison.Ordinal)
        );
        Assert.Contains(rows, row =>
            row.Contains("TRANSFER2", StringComparison.Ordinal) && row.Contains("6.00 USD", StringComparison.Ordinal)
        );
        Assert.Contains("Reserved amount", tables[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("2 differences", page.Find(".badge-negative").TextContent);
    }

    [Fact]
    public void Page_NobodyChecks_WarnsOfIt()
    {
        _store.State = Running() with { LastStepAt = Now - TimeSpan.FromHours(2) };

        Assert.Contains(
            "not running",
            Open<ReconciliationPage>("/staff/reconciliation").Find(".error-box").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Page_StoreAway_OffersToTryAgain()
    {
        _store.Away = true;
        var page = Open<ReconciliationPage>("/staff/reconciliation");
        Assert.Contains("could not read this", page.Find(".error-box").TextContent, StringComparison.Ordinal);

        _store.Away = false;
        page.Find(".error-box .btn").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".error-box .reference")));
        Assert.NotEmpty(page.FindAll(".stat"));
    }

    [Fact]
    public void Page_ForSomebodyElse_ShowsNothing()
    {
        Become(BankRoles.Manager);
        _store.Open.Add(Missing(1));

        Assert.DoesNotContain("ACCOUNT1", Open<ReconciliationPage>("/staff/reconciliation").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfEveryKind_IsDifferent()
    {
        var names = Enum.GetValues<DifferenceKind>().Select(ReconciliationText.Name).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    private void Become(string role)
    {
        SetRoles("ann", role);
        Authorization.SetRoles(role);
        Authorization.SetPolicies(Policies.Reconciliation);
        Authorization.SetClaims(
            new Claim(ClaimTypes.NameIdentifier, "ann"), new Claim(BankClaims.SessionId, "session-ann"), new Claim("amr", "mfa"));
    }

    private ReconciliationState Running() => new()
    {
        Cycles = 4,
        CycleStartedAt = Now - TimeSpan.FromMinutes(1),
        LastStepAt = Now,
        Accounts = 300,
        LastCycleAccounts = 1_204,
        LastCycleEntries = 9_000,
        LastCycleEndedAt = Now - TimeSpan.FromMinutes(2),
    };

    private Difference Missing(long sequence) =>
        new(DifferenceKind.EntryMissing, "ACCOUNT1", null, sequence, $"entry {sequence}", "no further entry", Now, Now);
}
