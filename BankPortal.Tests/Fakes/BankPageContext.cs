using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Core.Common.Events;
using BankPortal.Core.Ledger.Notes;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;
using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.Requests;
using BankPortal.Core.Scheduling.StandingOrders;
using BankPortal.Core.Statements;
using BankPortal.Tests.Lending;
using BankPortal.Web.Components.Inputs;
using BankPortal.Web.Components.Pages;
using BankPortal.Web.Features.Fraud.Rules;
using BankPortal.Web.Features.Ledger.Transfers;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using MudBlazor.Services;

namespace BankPortal.Tests.Fakes;

/// <summary>
/// A customer's pages under bUnit, interactive, over the bank's real services with stores in memory. The customer "ann" is
/// signed in with a session whose second factor was proven when the test began.
/// </summary>
[UnitTest]
public abstract class BankPageContext : BunitContext
{
    private readonly FakeSessions _sessions;
    private readonly SessionMonitor _monitor;
    private readonly SessionGate _gate;
    private IRenderedComponent<BankProviders>? _overlays;

    protected BankPageContext()
    {
        Rules = new RuleDesk(time: Bank.Time, related: Bank.Related);
        Access = new InMemoryCustomerAccess(Bank.Directory, Bank.Time);
        var options = Options.Create(new SessionOptions { ActorFreshness = TimeSpan.Zero });
        _sessions = new FakeSessions(Bank.Time);
        _monitor = new SessionMonitor(_sessions, _sessions, options, Bank.Time, NullLogger<SessionMonitor>.Instance);
        _gate = new SessionGate(_sessions, _sessions, _monitor, options, Bank.Time);

        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddMudServices(mud => mud.SnackbarConfiguration = Toasts.NewConfiguration());
        Services.AddSingleton<TimeProvider>(Bank.Time);
        Services.AddSingleton(Bank.Accounts);
        Services.AddSingleton(Bank.AccountOptions);
        Services.AddSingleton(Bank.LedgerOptions);
        Services.AddSingleton(Bank.Ledger);
        Services.AddSingleton(Bank.Transfers);
        Services.AddSingleton(Bank.Feed);
        Services.AddSingleton<IInboxStore>(Inbox);
        Services.AddSingleton<InboxFeed>();
        Services.AddSingleton<IInboxNotices, FakeInboxNotices>();
        Services.AddSingleton<INotificationPreferencesStore>(Preferences);
        Services.AddSingleton<NotificationPreferencesService>();
        Services.AddSingleton<IContactStore>(Contacts);
        Services.AddSingleton<IContactTopics>(Topics);
        Services.AddSingleton<IBankEvents>(Events);
        Services.AddSingleton<IContactDirectory>(new SampleContactDirectory());
        Services.AddSingleton<ContactKeeper>();
        Services.AddSingleton<ContactService>();
        Services.AddSingleton(new DeliveryPlan([new RecordingChannel(DeliveryChannel.Email)], Bank.Rules));
        Services.AddSingleton<InboxService>();
        var history = new HistoryService(Bank.Store, Bank.Store, new CustomerEntryCategories(Books));
        Services.AddSingleton(history);
        Services.AddScoped<MoneyServices>();
        Services.AddSingleton(Rules.Service);
        Services.AddSingleton<ICustomerDirectory>(Bank.Directory);
        Services.AddSingleton(_ => Rules.NewBackTests());
        Services.AddSingleton<UnsavedRules>();
        Services.AddSingleton<IAuditTrail>(AuditStore.NewTrail(Bank.Time));
        Services.AddSingleton(Bank.Desk);
        Services.AddSingleton(
            new DashboardService(
                Bank.Accounts,
                history,
                new AccountDayService(AccountDays, Bank.Store, Bank.Rules, NullLogger<AccountDayService>.Instance),
                Bank.Rules,
                Bank.Time
            )
        );
        var days = new AccountDayService(AccountDays, Bank.Store, Bank.Rules, NullLogger<AccountDayService>.Instance);
        Terms = new TermsService(
            new InMemoryTerms(), ProductOptions, Bank.Rules, AuditStore.NewTrail(Bank.Time), Bank.Conflicts, Bank.StepUp, Bank.Time);
        Bookings = new BookingService(
            new InMemoryBookings(), Terms, days, Bank.Store, Bank.Ledger, Bank.Rules, ProductOptions, Bank.Time,
            NullLogger<BookingService>.Instance);
        Services.AddSingleton(Terms);
        Services.AddSingleton(new ProductView(Bank.Accounts, Terms, Bookings, days));
        Services.AddSingleton<Web.Components.Products.ShownTermsReader>();
        Services.AddSingleton<IStaffDirectory>(Staff);
        Reports = new ReportWorld(Bank, Staff);
        Services.AddSingleton(Reports.Reports);
        Services.AddSingleton(Reports.Saved);
        Services.AddSingleton(Reports.ReportRuns);
        Services.AddSingleton(Reports.DrillDown);
        Services.AddSingleton(
            new StatementService(
                Bank.Accounts,
                Bank.Store,
                days,
                Bank.Directory,
                new InMemoryDocuments(),
                SampleStatements.Writers,
                Bank.Rules,
                Bank.LedgerOptions,
                new StatementOptions(),
                Bank.Time
            )
        );
        Services.AddSingleton(Bank.Rules);
        Services.AddSingleton(new SavedFilterService(Notes));
        Services.AddSingleton(new TransactionNoteService(Bank.Store, Notes, new InMemoryDocuments(), Bank.Time));
        var categories = new CategoryService(Books, history, Bank.Accounts, Bank.Rules, Bank.Time);
        Services.AddSingleton(categories);
        Services.AddSingleton(
            new AnalyticsService(
                Bank.Accounts,
                Books,
                new AccountDayService(AccountDays, Bank.Store, Bank.Rules, NullLogger<AccountDayService>.Instance),
                new AccountMonthService(new InMemoryAccountMonths(), Bank.Store, Bank.Rules, NullLogger<AccountMonthService>.Instance),
                Bank.Rules,
                Bank.Time
            )
        );
        Services.AddSingleton<Core.Common.Jobs.IJobStore>(Jobs);
        Services.AddSingleton<Core.Common.Jobs.IJobHold>(JobHold);
        Services.AddSingleton<Web.Features.Home.IManagerHeadlines>(ManagerHeadlines);
        Services.AddSingleton(new Core.Analytics.Days.BankFigureService(
            new Core.Analytics.Days.BankDayService(
                BankDays, new Core.Analytics.Days.BankDayCounter(Bank.Store, Bank.Store, Bank.Rules), Bank.Rules, Bank.Time),
            BankDays,
            Bank.Rules,
            Bank.Time));
        var calendar = new BusinessCalendar(new CalendarOptions());
        var clock = new SchedulingClock(Bank.LedgerOptions, Bank.Time);
        var scheduling = new SchedulingOptions();
        StandingOrders = new StandingOrderService(
            StandingOrderStore,
            new StandingOrderPlan(calendar, clock, scheduling),
            Bank.Transfers,
            Bank.Confirmations,
            Bank.Store,
            calendar,
            clock,
            scheduling);
        Services.AddSingleton(StandingOrders);
        Services.AddSingleton(new Core.Analytics.Goals.GoalTransferService(categories, StandingOrders));
        PaymentRequests = new PaymentRequestService(
            new InMemoryPaymentRequests(),
            Bank.Transfers,
            Bank.Ledger,
            Bank.Store,
            Bank.Directory,
            new InMemoryEvents(),
            clock,
            scheduling);
        Services.AddSingleton(PaymentRequests);
        Services.AddSingleton(
            new ReconciliationService(
                null!,
                Bank.Store,
                Bank.Store,
                Reconciliation,
                new ReconciliationOptions(),
                Bank.Time,
                NullLogger<ReconciliationService>.Instance
            )
        );
        Services.AddSingleton(
            new HeldQueue(
                Bank.Store, Bank.Directory, new FiredRules(Rules.InForce, Rules.Store), Bank.Conflicts, Bank.LedgerOptions));
        Services.AddSingleton(
            new RiskListService(
                RiskLists, Bank.Store, Bank.Store, Bank.Directory, AuditStore.NewTrail(Bank.Time), Bank.Conflicts, Bank.StepUp, Bank.Time)
        );
        Services.AddSingleton(
            new FraudFiles(
                Bank.Store,
                Bank.Store,
                Bank.Directory,
                Access,
                RiskLists,
                new NoCases(),
                AuditStore.NewTrail(Bank.Time),
                Bank.Conflicts,
                Bank.Time
            )
        );
        Services.AddSingleton(new SignInBlocks(Access, AuditStore.NewTrail(Bank.Time), Bank.Conflicts, Bank.StepUp));
        Services.AddSingleton(new LinkGraphService(Bank.Store, Bank.Store, Bank.Directory));
        Monitor = new LiveMonitor(
            Bank.Store,
            Bank.Store,
            Bank.Store,
            Bank.Feed,
            new MonitorOptions(),
            Bank.AccountOptions,
            Bank.Time,
            NullLogger<LiveMonitor>.Instance
        );
        Services.AddSingleton(Monitor);
        Services.AddSingleton(Rules.InForce);
        Services.AddSingleton(Bank.StepUp);
        Services.AddScoped<StaffStepUp>();
        Services.AddSingleton(Bank.Confirmations);
        Services.AddSingleton(new PayeeService(
            Bank.Payees, Bank.Store, Bank.Store, Bank.Directory, Bank.LedgerOptions, Bank.StepUp, Bank.Time));
        Services.AddScoped<PaymentStepUp>();
        Services.AddSingleton(
            new RelatedPersonService(
                Bank.Related,
                Bank.Store,
                Bank.Directory,
                Staff,
                AuditStore.NewTrail(Bank.Time),
                Bank.Conflicts,
                Bank.StepUp,
                Bank.Time
            )
        );
        Services.AddScoped<StaffActions>();
        Services.AddSingleton(CaseFeed);
        Services.AddSingleton(
            new CaseService(
                Cases,
                Bank.Store,
                Bank.Store,
                Bank.Directory,
                Staff,
                AuditStore.NewTrail(Bank.Time),
                CaseRules,
                CaseFeed,
                Bank.Conflicts,
                Bank.Time,
                NullLogger<CaseService>.Instance
            )
        );
        Services.AddSingleton(
            new CaseReader(
                Cases,
                Bank.Store,
                Bank.Directory,
                Staff,
                new RulesInForceByVersion(new RulesInForce()),
                Bank.Conflicts,
                Bank.Time
            )
        );
        Lending = new LendingBank(Bank);
        Services.AddSingleton(Lending.Service);
        Services.AddSingleton(Lending.Desk);
        Services.AddSingleton(Lending.Products);
        Services.AddSingleton(new Core.Lending.Performance.LoanPerformance(Lending.BookDays, Lending.Options));
        Services.AddSingleton(Options.Create(new ShellOptions()));
        Services.AddScoped<UserTimeZone>();
        Services.AddScoped<ComponentLibrary>();
        Services.AddScoped<Toasts>();
        Services.AddSingleton<HandOverStore>();
        Services.AddSingleton(DatabaseWatch = new DataWatch(
            ct => IsDatabaseAway ? Task.FromException(new TimeoutException("no answer")) : Task.CompletedTask,
            Bank.Time,
            NullLogger<DataWatch>.Instance));
        Services.AddSingleton<ISignInHistory>(SignIns);
        Services.AddSingleton<ISecurityEvents>(new InMemorySecurityEvents());
        Persisted = AddBunitPersistentComponentState();
        Services.AddScoped(provider =>
        {
            var authentication = provider.GetRequiredService<AuthenticationStateProvider>();
            return new ActorProvider(
                authentication,
                new HttpContextAccessor(),
                new CircuitSession(
                    _monitor, _sessions, authentication, new SessionProofs(new EphemeralDataProtectionProvider(), Bank.Time)),
                _gate
            );
        });

        Authorization = AddAuthorization();
        Ann = SignIn("ann", "Ann Archer");
        Ben = Bank.Customer("ben", "Ben Baker");
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    /// <summary>The bank that the pages show.</summary>
    protected InMemoryBank Bank { get; } = new();

    /// <summary>What customers decided about categories.</summary>
    protected InMemoryCategoryBookStore Books { get; } = new();

    /// <summary>The rule sets behind the pages of the fraud desk.</summary>
    protected RuleDesk Rules { get; }

    /// <summary>How people stand with signing in, as the fraud desk sees it.</summary>
    protected InMemoryCustomerAccess Access { get; }

    /// <summary>Cases and alerts.</summary>
    protected InMemoryCases Cases { get; } = new();

    /// <summary>The rules of cases.</summary>
    protected CaseRules CaseRules { get; } = new(new CaseOptions());

    /// <summary>What tells pages of changes to cases.</summary>
    protected CaseFeed CaseFeed { get; } = new(NullLogger<CaseFeed>.Instance);

    /// <summary>Who works for the bank.</summary>
    protected FakeStaffDirectory Staff { get; } = new();

    /// <summary>Reports about the bank.</summary>
    protected ReportWorld Reports { get; }

    /// <summary>The risk lists.</summary>
    protected InMemoryRiskLists RiskLists { get; } = new();

    /// <summary>The audit log.</summary>
    protected InMemoryAuditStore AuditStore => Bank.Audit;

    /// <summary>The days of accounts behind the dashboard.</summary>
    protected InMemoryAccountDays AccountDays { get; } = new();

    private protected InMemoryJobs Jobs { get; } = new();

    /// <summary>What jobs wait for; nothing until a test says what.</summary>
    protected FakeJobHold JobHold { get; } = new();

    /// <summary>The bank's closed days.</summary>
    protected InMemoryBankDays BankDays { get; } = new();

    /// <summary>Figures of reports on a manager's start page.</summary>
    protected FakeManagerHeadlines ManagerHeadlines { get; } = new();

    private protected InMemoryStandingOrders StandingOrderStore { get; } = new();

    /// <summary>Standing orders over <see cref="StandingOrderStore"/>.</summary>
    protected StandingOrderService StandingOrders { get; }

    /// <summary>Requests for money.</summary>
    protected PaymentRequestService PaymentRequests { get; }

    /// <summary>Loans over the bank of the pages.</summary>
    private protected LendingBank Lending { get; }

    /// <summary>Notes and saved filters of customers.</summary>
    protected InMemoryNotes Notes { get; } = new();

    protected InMemoryInbox Inbox { get; } = new();

    protected InMemoryPreferences Preferences { get; } = new();

    protected InMemoryContacts Contacts { get; } = new();

    /// <summary>The notification service; offers nothing until a test says what.</summary>
    protected FakeContactTopics Topics { get; } = new();

    protected InMemoryEvents Events { get; } = new();

    /// <summary>The terms a product starts with.</summary>
    protected ProductOptions ProductOptions { get; } = new();

    /// <summary>The terms of products.</summary>
    protected TermsService Terms { get; }

    /// <summary>Pays interest and charges fees.</summary>
    protected BookingService Bookings { get; }

    /// <summary>The result of the reconciliation.</summary>
    internal InMemoryReconciliation Reconciliation { get; } = new();

    /// <summary>Whether the database gives no answer, as the watch of the live pages sees it.</summary>
    protected bool IsDatabaseAway { get; set; }

    /// <summary>What tells live pages whether the database answers.</summary>
    internal DataWatch DatabaseWatch { get; }

    /// <summary>The live monitor behind the pages.</summary>
    protected LiveMonitor Monitor { get; }

    /// <summary>The signed-in customer.</summary>
    protected Actor Ann { get; }

    /// <summary>Another customer.</summary>
    protected Actor Ben { get; }

    protected BunitAuthorizationContext Authorization { get; }

    /// <summary>The state that a rendered page carries to its circuit.</summary>
    protected BunitPersistentComponentState Persisted { get; }

    /// <summary>Who has signed in before.</summary>
    internal InMemorySignIns SignIns { get; } = new();

    protected BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    /// <summary>What appears over the pages: dialogs, menus and messages. Rendered with the first page.</summary>
    protected IRenderedComponent<BankProviders> Overlays =>
        _overlays is { IsDisposed: false } shown ? shown : _overlays = base.Render<BankProviders>();

    /// <summary>The messages shown in the corner.</summary>
    protected IEnumerable<string> ToastTexts => Overlays.FindAll(".toast-title").Select(title => title.TextContent);

    /// <summary>Ends the session of the signed-in customer, as if on another node.</summary>
    protected void EndSession() => _sessions.EndElsewhere("session-ann");

    /// <summary>Whether and when the signed-in customer, or another person, proved the second factor.</summary>
    protected void SetSecondFactor(DateTimeOffset? at, string userId = "ann") =>
        _sessions.Rows["session-" + userId] = _sessions.Rows["session-" + userId] with { SecondFactorAt = at };

    /// <summary>Changes what roles a person has in the store, behind the back of every open page.</summary>
    protected void SetRoles(string userId, params string[] roles) => _sessions.Roles[userId] = [.. roles];

    /// <summary>
    /// Waits until the page's command is done: an account that has just been used may answer in another turn.
    /// </summary>
    protected static void WaitUntilDone<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent =>
        page.WaitForState(() => page.FindAll("[aria-busy=true]").Count == 0, TimeSpan.FromSeconds(30));

    /// <summary>An address with a fresh idempotency key.</summary>
    protected static string WithKey(string address, out string key)
    {
        key = Guid.NewGuid().ToString("N");
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}op={key}";
    }

    /// <summary>Opens a page at an address.</summary>
    protected IRenderedComponent<TPage> Open<TPage>(string address)
        where TPage : IComponent
    {
        Navigation.NavigateTo(address);
        return Render<TPage>();
    }

    /// <summary>Whether what is rendered brings its own <see cref="BankProviders"/>, as the frame of the pages does.</summary>
    protected virtual bool BringsOverlays => false;

    /// <summary>Renders a component, after what dialogs and messages appear in.</summary>
    protected new IRenderedComponent<TComponent> Render<TComponent>(
        Action<ComponentParameterCollectionBuilder<TComponent>>? parameters = null
    )
        where TComponent : IComponent
    {
        if (!BringsOverlays)
        {
            _ = Overlays;
        }

        return base.Render(parameters);
    }

    /// <summary>Chooses in a field of the open dialog, as if it was picked.</summary>
    protected async Task ChooseAsync<TValue>(string label, TValue value)
    {
        var fields = Overlays.FindComponents<BankSelect<TValue>>().Where(field => field.Instance.Label == label).ToList();
        if (fields.Count == 0)
        {
            var field = Overlays.FindComponents<BankAutocomplete<TValue>>().Single(field => field.Instance.Label == label);
            Assert.Contains(value, field.Instance.Items);
            await field.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync(value));
            return;
        }

        var select = Assert.Single(fields);
        Assert.Contains(value, select.Instance.Items);
        await select.InvokeAsync(() => select.Instance.ValueChanged.InvokeAsync(value));
    }

    /// <summary>The buttons of a page and of a dialog over it.</summary>
    protected IEnumerable<AngleSharp.Dom.IElement> Buttons<TComponent>(IRenderedComponent<TComponent> page)
        where TComponent : IComponent => page.FindAll("button").Concat(Overlays.FindAll("button"));

    /// <summary>Sends the form of a review twice, the second time before the first commit is done.</summary>
    /// <returns>How many commits that made.</returns>
    protected async Task<int> ConfirmTwiceAsync<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent
    {
        var gate = new TaskCompletionSource();
        Bank.Store.NextCommitWaitsFor(gate.Task);
        var before = Bank.Store.CommitCalls;
        var form = page.FindAll("form")[1];
        var submits = new[] { form.SubmitAsync(), form.SubmitAsync() };
        gate.SetResult();
        await Task.WhenAll(submits);
        return Bank.Store.CommitCalls - before;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Monitor.Dispose();
            DatabaseWatch.Dispose();
            _gate.Dispose();
            _monitor.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Signs in a member of staff in place of Ann, with a second factor.</summary>
    protected Actor SignInStaff(string userId, string name, string role) => SignIn(userId, name, role);

    /// <summary>Signs Ann in once more, with another session.</summary>
    protected void SignInAnnAgain() => SignIn("ann", "Ann Archer", session: "session-ann-2");

    private Actor SignIn(string userId, string name, string role = BankRoles.Customer, string? session = null)
    {
        var row = _sessions.Add(session ?? "session-" + userId, userId, Bank.Time.GetUtcNow());
        SetRoles(userId, role);
        Authorization.SetAuthorized(name);
        Authorization.SetRoles(role);
        Authorization.SetPolicies(role == BankRoles.Customer ? Policies.Customer : Policies.Staff);
        Authorization.SetClaims(
            new Claim(ClaimTypes.NameIdentifier, userId),
            new Claim(BankClaims.SessionId, row.SessionId),
            new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor));
        return Bank.Customer(userId, name) with { SessionId = row.SessionId, Roles = ImmutableHashSet.Create(role) };
    }
}
