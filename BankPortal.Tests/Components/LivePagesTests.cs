using BankPortal.Web.Components.Controls;
using BankPortal.Web.Components.Pages;
using BankPortal.Web.Features.Accounts;
using BankPortal.Web.Features.Analytics;
using BankPortal.Web.Features.Fraud.Cases;
using BankPortal.Web.Features.Fraud.Desk;
using BankPortal.Web.Features.Fraud.Live;
using BankPortal.Web.Features.Home;
using BankPortal.Web.Features.Ledger.Reconciliation;
using BankPortal.Web.Features.Ledger.Transfers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using CasePage = BankPortal.Web.Features.Fraud.Cases.CasePage;

namespace BankPortal.Tests.Components;

/// <summary>Every live page shows how old it is while the database does not answer, and catches up within two seconds after.</summary>
public sealed class LivePagesTests : BankPageContext
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    // The monitor and the card of the reconciliation say it in their own words.
    private static readonly Dictionary<Type, string> OwnNotes = new()
    {
        [typeof(LivePage)] = "live-age",
        [typeof(ReconciliationCard)] = "StaleAsOf is",
        [typeof(JobHoldNote)] = "StaleAsOf is",
    };

    [Fact]
    public void LivePages_All_ShowHowOldTheyAre()
    {
        var pages = typeof(InteractivePage).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(InteractivePage)))
            .Where(type => PropertyOf(type)!.GetMethod!.DeclaringType != typeof(InteractivePage))
            .ToList();

        Assert.Superset(
            new HashSet<Type>
            {
                typeof(QueuePage), typeof(LivePage), typeof(DashboardPage), typeof(CasesPage), typeof(AlertsPage), typeof(CasePage),
                typeof(AccountFilePage), typeof(StaffTransactionPage), typeof(AccountDetailsPage), typeof(TransactionPage),
                typeof(ReconciliationPage), typeof(ReconciliationCard),
            },
            pages.ToHashSet());
        foreach (var page in pages)
        {
            var file = Directory
                .EnumerateFiles(Path.Combine(RepositoryPaths.Root, "BankPortal.Web"), page.Name + ".razor", SearchOption.AllDirectories)
                .Single();
            Assert.Contains(OwnNotes.GetValueOrDefault(page, "<StaleNote AsOf="), File.ReadAllText(file), StringComparison.Ordinal);
        }

        static PropertyInfo? PropertyOf(Type type)
        {
            for (var at = type; at is not null; at = at.BaseType)
            {
                if (at.GetProperty("Live", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    [Fact]
    public async Task Dashboard_Outage_ShowsItsAgeAndCatchesUp()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        await CheckAsync(
            Render<DashboardPage>(),
            () => Bank.ChangeAsync(account, row => row with { Balance = Money.Of(125, Currency.Usd) }),
            page => Assert.Contains("$125.00", page.Find(".dash-total .amount").TextContent));
    }

    [Fact]
    public async Task AccountDetails_Outage_ShowsItsAgeAndCatchesUp()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        await CheckAsync(
            Render<AccountDetailsPage>(parameters => parameters.Add(page => page.Id, account.Id)),
            () => Bank.ChangeAsync(account, row => row with { Balance = Money.Of(125, Currency.Usd) }),
            page => Assert.Contains("$125.00", page.Find(".stat").TextContent));
    }

    [Fact]
    public async Task CustomersTransaction_Outage_ShowsItsAgeAndCatchesUp()
    {
        var held = await HoldAsync();
        await CheckAsync(
            Render<TransactionPage>(parameters => parameters.Add(page => page.Id, held.Id)),
            () => RejectElsewhereAsync(held),
            page => Assert.Contains("Not carried out", page.Find(".transaction-head .badge").TextContent));
    }

    [Fact]
    public async Task Queue_Outage_ShowsItsAgeAndCatchesUp()
    {
        var held = await HoldAsync();
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        await CheckAsync(
            Render<QueuePage>(), () => RejectElsewhereAsync(held), page => Assert.Empty(page.FindAll(".queue-item")));
    }

    [Fact]
    public async Task StaffTransaction_Outage_ShowsItsAgeAndCatchesUp()
    {
        var held = await HoldAsync();
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        await CheckAsync(
            Render<StaffTransactionPage>(parameters => parameters.Add(page => page.Id, held.Id)),
            () => RejectElsewhereAsync(held),
            page => Assert.Contains("Rejected", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AccountFile_Outage_ShowsItsAgeAndCatchesUp()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        await CheckAsync(
            Render<AccountFilePage>(parameters => parameters.Add(page => page.Id, account.Id)),
            () => Bank.ChangeAsync(account, row => row with { Balance = Money.Of(125, Currency.Usd) }),
            page => Assert.Contains("$125.00", page.Find(".stat").TextContent));
    }

    [Fact]
    public async Task Cases_Outage_ShowsItsAgeAndCatchesUp()
    {
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        await CheckAsync(
            Open<CasesPage>("/fraud/cases"),
            () => Cases.CommitAsync(CaseRules.Open(CaseKind.Fraud, "ben", Actor.SystemUserId, null, Bank.Time.GetUtcNow())),
            page => Assert.Contains("Ben Baker", page.Find(".case-link").TextContent));
    }

    [Fact]
    public async Task Alerts_Outage_ShowsItsAgeAndCatchesUp()
    {
        var held = await HoldAsync();
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        await CheckAsync(
            Open<AlertsPage>("/fraud/alerts"),
            () => Cases.SaveAlertAsync(Alert.Of(held), isListed: true),
            page => Assert.Contains("Ann Archer", page.Find(".mud-table-body .mud-table-row").TextContent));
    }

    [Fact]
    public async Task Reconciliation_Outage_ShowsItsAgeAndCatchesUp()
    {
        SignInStaff("adam", "Adam", BankRoles.Admin);
        var now = Bank.Time.GetUtcNow();
        Reconciliation.State = new ReconciliationState { LastStepAt = now, CycleStartedAt = now, Accounts = 5 };
        await CheckAsync(
            Open<ReconciliationPage>("/staff/reconciliation"),
            () =>
            {
                Reconciliation.State = Reconciliation.State with { LastCycleEndedAt = now, LastCycleAccounts = 4321 };
                return Task.CompletedTask;
            },
            page => Assert.Contains("4,321", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_ThatCouldNotBeOpened_OpensWhenTheDatabaseAnswers()
    {
        Func<Task<string>> source = () => throw new TimeoutException("no answer");
        var page = RenderSample(() => source());
        Assert.NotEmpty(page.FindAll(".reference"));
        IsDatabaseAway = true;
        Pass(TimeSpan.FromSeconds(5));

        source = () => Task.FromResult("there");
        IsDatabaseAway = false;
        Pass(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("there", page.Find("p").TextContent));
    }

    [Fact]
    public void Reading_ThatHangsSinceTheOutage_IsGivenUpForANewOne()
    {
        Func<Task<string>> source = () => Task.FromResult("before");
        var page = RenderSample(() => source());
        source = () => new TaskCompletionSource<string>().Task;
        page.Instance.Notice();
        IsDatabaseAway = true;
        Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("before", page.Find("p").TextContent);

        source = () => Task.FromResult("after");
        IsDatabaseAway = false;
        Pass(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("after", page.Find("p").TextContent));
    }

    [Fact]
    public void Reading_ThatFailsThoughTheDatabaseAnswers_IsTriedAgainWithinTwoSeconds()
    {
        Func<Task<string>> source = () => Task.FromResult("before");
        var page = RenderSample(() => source());
        source = () => throw new TimeoutException("throttled");
        page.Instance.Notice();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".stale-note")));

        source = () => Task.FromResult("after");
        Pass(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("after", page.Find("p").TextContent));
        Assert.Empty(page.FindAll(".stale-note"));
    }

    [Fact]
    public async Task Leaving_TheLastLivePage_EndsTheWatch()
    {
        _ = Overlays;
        var before = Bank.Time.TimerCount;
        RenderSample(() => Task.FromResult("there"));
        Assert.True(Bank.Time.TimerCount > before);

        await DisposeComponentsAsync();
        Pass(TimeSpan.FromSeconds(5));

        Assert.InRange(Bank.Time.TimerCount, 0, before);
    }

    // A page is open, the database gives no answer for a minute, and something changes elsewhere meanwhile.
    private async Task CheckAsync<TPage>(
        IRenderedComponent<TPage> page, Func<Task> changeElsewhere, Action<IRenderedComponent<TPage>> isCaughtUp)
        where TPage : IComponent
    {
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")));
        Assert.Empty(page.FindAll(".stale-note"));

        IsDatabaseAway = true;
        Pass(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Contains("cannot update this page", page.Find(".stale-note").TextContent));
        Pass(TimeSpan.FromMinutes(1));
        page.WaitForAssertion(() => Assert.Contains("1 min old", page.Find(".stale-age").TextContent));
        await changeElsewhere();
        Assert.ThrowsAny<Exception>(() => isCaughtUp(page));

        IsDatabaseAway = false;
        Pass(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() =>
        {
            isCaughtUp(page);
            Assert.Empty(page.FindAll(".stale-note"));
        });
    }

    private IRenderedComponent<Sample> RenderSample(Func<Task<string>> source) =>
        Render<Sample>(parameters => parameters.Add(page => page.Source, source));

    private void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Step)
        {
            Bank.Time.Advance(Step);
        }
    }

    private async Task<Transfer> HoldAsync()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 500), await Bank.OpenAsync(Ben));
        return (await Bank.Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = Ann,
            IdempotencyKey = Bank.NextKey(),
            Kind = TransferKind.Transfer,
            DebitAccountId = mine.Id,
            CreditAccountId = bens.Id,
            Amount = LedgerWorld.Usd(30),
            Hold = true,
        })).Value;
    }

    private Task RejectElsewhereAsync(Transfer held)
    {
        Bank.Store.Put(held with { Status = TransferStatus.Rejected, SettledAt = Bank.Time.GetUtcNow(), SettledBy = "bea" });
        return Task.CompletedTask;
    }

    private sealed class Sample : InteractivePage
    {
        private string _text = "";

        [Parameter]
        public Func<Task<string>> Source { get; set; } = () => Task.FromResult("");

        protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(1));

        public void Notice() => ReadSoon();

        protected override async Task LoadAsync(CancellationToken ct) => _text = await Source().WaitAsync(ct);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<StaleNote>(0);
            builder.AddComponentParameter(1, nameof(StaleNote.AsOf), StaleAsOf);
            builder.CloseComponent();
            builder.OpenComponent<Loadable>(2);
            builder.AddComponentParameter(3, nameof(Loadable.State), State);
            builder.AddComponentParameter(4, nameof(Loadable.Reference), FaultReference);
            builder.AddComponentParameter(
                5, nameof(Loadable.ChildContent), (RenderFragment)(content => content.AddMarkupContent(0, $"<p>{_text}</p>")));
            builder.CloseComponent();
        }
    }
}
