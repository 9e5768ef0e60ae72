using Amazon.DynamoDBv2;
using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Ledger.Notes;
using BankPortal.Core.Ledger.Payees;
using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Schedules;
using BankPortal.Core.Notifications;
using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.Requests;
using BankPortal.Core.Scheduling.StandingOrders;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Fraud;
using BankPortal.Infrastructure.Identity;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Infrastructure.Identity.Users;
using BankPortal.Infrastructure.Lending;
using BankPortal.Infrastructure.Scheduling;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BankPortal.Bench.Costs;

/// <summary>
/// What each thing that a customer does takes from DynamoDB: requests, units, dollars. Everything is done once through the
/// portal's own services for customers with a year of history; the units are measured request by request.
/// </summary>
internal sealed class CostBench
{
    /// <summary>The heading of the table in docs/costs.md.</summary>
    public const string MarkdownHeading = "| operation | requests | one after another | read units | write units | $ per million |";

    private const string Password = "Quiet-Harbour-26";
    private const int PageSize = 25;
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly BenchBank _bank;
    private readonly DynamoMeter _meter;
    private readonly TimeProvider _time;
    private int _keys;

    private CostBench(BenchBank bank, DynamoMeter meter)
    {
        _bank = bank;
        _meter = meter;
        _time = bank.Get<TimeProvider>();
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Measures all operations in a bank of its own.</summary>
    public static async Task<IReadOnlyList<OperationCost>> MeasureAllAsync()
    {
        await using var bank = await BenchBank.StartAsync(AddPortal);
        var costs = await new CostBench(bank, bank.Get<DynamoMeter>()).MeasureAsync();
        await bank.VerifyAsync();
        return costs;
    }

    /// <summary>A row of the table in docs/costs.md.</summary>
    public static string ToMarkdown(OperationCost cost) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {cost.Name} | {cost.Requests} | {cost.RoundTrips} | {Show(cost.ReadUnits)} | {Show(cost.WriteUnits)} | {cost.DollarsPerMillion:0.00} |"
        );

    /// <summary>Measures all operations and shows what they take.</summary>
    public static async Task<object> RunAsync(bool details, Figures figures)
    {
        var costs = await MeasureAllAsync();
        Console.WriteLine("What one operation takes from DynamoDB (a customer with two accounts and a year of history; see docs/costs.md)");
        var table = new TextTable("", "requests", "one after another", "read units", "write units", "$ per million");
        foreach (var cost in costs)
        {
            table.Add(
                cost.Name,
                Show(cost.Requests),
                Show(cost.RoundTrips),
                Show(cost.ReadUnits),
                Show(cost.WriteUnits),
                Show(cost.DollarsPerMillion)
            );
            figures.Less($"{cost.Name}: requests", cost.Requests);
            figures.Less($"{cost.Name}: one after another", cost.RoundTrips);
            figures.Less($"{cost.Name}: read units", (double)cost.ReadUnits);
            figures.Less($"{cost.Name}: write units", (double)cost.WriteUnits);
        }

        table.Print();
        Console.WriteLine($"Prices: {Prices.Source}. Look them up before you rely on them.");
        Judge(costs);
        if (details)
        {
            Console.WriteLine();
            Console.WriteLine(MarkdownHeading);
            Console.WriteLine("|---|---|---|---|---|---|");
            foreach (var cost in costs)
            {
                Console.WriteLine(ToMarkdown(cost));
            }

            foreach (var cost in costs)
            {
                Console.WriteLine();
                Console.WriteLine(cost.Name);
                foreach (var request in cost.Details)
                {
                    Console.WriteLine(
                        $"  {request.Operation,-18} read {Show(request.Computed.Read),4}  write {Show(request.Computed.Write),4}  engine {(request.Reported is { } said ? Show(said) : "-"),4}  {request.Detail}"
                    );
                }
            }
        }

        Console.WriteLine();
        return costs;
    }

    // The engine's own count beside the computed one: where it has one at all.
    private static void Judge(IReadOnlyList<OperationCost> costs)
    {
        var counted = costs.SelectMany(cost => cost.Details).Where(request => request.Reported is not null).ToList();
        var differ = counted.Where(request => request.Reported != request.Computed.Read + request.Computed.Write).ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The units are computed from the stored items by DynamoDB's rules. The engine counts {counted.Count} of the {costs.Sum(cost => cost.Requests)} requests itself, {counted.Count - differ.Count} of them alike."
            )
        );
        foreach (var group in differ.GroupBy(request => request.Operation, StringComparer.Ordinal))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {group.Key}: {group.Count()} differ, the engine says {group.Sum(r => r.Reported):0.##} in all instead of {group.Sum(r => r.Computed.Read + r.Computed.Write):0.##}"
                )
            );
        }
    }

    private static void AddPortal(HostApplicationBuilder builder)
    {
        builder.Services.AddFraud();
        // As for accounts that come up rarely: what a node remembers of an account saves its reading.
        builder.Configuration["Ledger:RememberRowsFor"] = "00:00:00";
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new CostTime()));
        builder.Services.AddIdentity();
        builder.Services.AddScheduling();
        builder.Services.AddLending();
        builder.Services.AddSingleton(provider => new StepUpPolicy(provider.GetRequiredService<TimeProvider>(), TimeSpan.FromHours(1)));
        builder.Services.AddSingleton<AccountMessageQueue>();
        builder.Services.AddSingleton<NeutralAnswer>();
        builder.Services.AddScoped<Registration>();
        builder.Services.AddSingleton<INotificationSender, NoMessages>();
        builder.Services.AddScoped<SecurityNotices>();
        builder.Services.AddScoped<SignInFlow>();

        var client = builder.Services.Last(service => service.ServiceType == typeof(IAmazonDynamoDB)).ImplementationFactory
            ?? throw new InvalidOperationException("The client is registered in another way.");
        builder.Services.RemoveAll<IAmazonDynamoDB>();
        builder.Services.AddSingleton(provider =>
            DynamoMeter.Over((IAmazonDynamoDB)client(provider), provider.GetRequiredService<IOptions<DynamoOptions>>().Value.TablePrefix)
        );
        builder.Services.AddSingleton(provider => (IAmazonDynamoDB)(object)provider.GetRequiredService<DynamoMeter>());
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Show(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<OperationCost>> MeasureAsync()
    {
        // Four people, so that each operation meets accounts nobody has just used, and each sign-in a code nobody has.
        var ann = await AddCustomerAsync("ann.example@example.org", "Ann Example");
        var bob = await AddCustomerAsync("bob.example@example.org", "Bob Example");
        var shop = await AddCustomerAsync("shop@example.org", "Corner Grocery", busy: true);
        var transfers = _bank.Get<TransferService>();
        var actor = Actor.Customer(ann.User.Id) with { SecondFactorAt = Now };
        var own = ann.Accounts;
        TransferReview? review = null;

        Task ReviewAsync(Account to, string name, string note = "Rent for November, flat 3b") =>
            AsyncOf(async () =>
                review = BenchBank.Must(
                    await transfers.ReviewAsync(
                        actor,
                        new TransferRequest(Key(), own[0].Id, new TransferTarget.Someone(to.Number.Digits, name), Usd(42.50m), note)
                    )
                )
            );
        Task ReviewOwnAsync() =>
            AsyncOf(async () =>
                review = BenchBank.Must(
                    await transfers.ReviewAsync(
                        actor,
                        new TransferRequest(Key(), own[0].Id, new TransferTarget.OwnAccount(own[1].Id), Usd(150), "Savings")
                    )
                )
            );
        Task SendAsync() => AsyncOf(async () => BenchBank.Must(await transfers.SendAsync(actor, review!, duplicateConfirmed: true)));
        Task ConfirmAsync() => AsyncOf(async () =>
        {
            var confirmations = _bank.Get<PaymentConfirmations>();
            var asked = await confirmations.AskAsync(actor, transfers.ToConfirm(actor, review!)!);
            await confirmations.ConfirmAsync(asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator);
        });
        Task DashboardAsync() => AsyncOf(async () =>
        {
            var signIn = _bank.Get<ISignInHistory>().FindOtherAsync(actor.UserId, null);
            BenchBank.Must(await _bank.Dashboards.ReadAsync(actor, 90));
            await signIn;
        });
        Task HistoryAsync(HistoryFilter filter) =>
            AsyncOf(async () => BenchBank.Must((await _bank.History.OpenAsync(actor, filter, null, PageSize)).Page!.Value));

        // Once before: sums up the days, makes the first payment to the payee, reads keys that a node reads once.
        await DashboardAsync();
        await ReviewAsync(bob.Accounts[0], "Bob Example");
        await ConfirmAsync();
        await SendAsync();
        await ReviewAsync(shop.Accounts[0], "Corner Grocery");
        await ConfirmAsync();
        await SendAsync();
        var first = new CostBrowser(_bank.Services);
        await SignInAsync(first, bob.User, bob.Secret);

        var costs = new List<OperationCost>();
        async Task CostAsync(string name, Func<Task> work, int times = 1)
        {
            // Requests that may overlap do not always: the fewest trips are what the operation itself waits for.
            var measured = new List<OperationCost>();
            for (var i = 0; i < times; i++)
            {
                measured.Add(OperationCost.Of(name, await _meter.MeasureAsync(work)));
            }

            costs.Add(measured.MinBy(cost => cost.RoundTrips)!);
        }

        await CostAsync("transfer to another customer: review", () => ReviewAsync(bob.Accounts[0], "Bob Example"));
        await CostAsync("transfer to another customer: send", SendAsync);
        costs.Add(
            OperationCost.Of(
                "transfer to another customer, both steps",
                [.. costs[^2].Details, .. Behind(costs[^2].Details, costs[^1].Details)]
            )
        );
        await CostAsync("transfer between own accounts, both steps", async () =>
        {
            await ReviewOwnAsync();
            await SendAsync();
        });
        await CostAsync("deposit", () =>
            AsyncOf(async () => BenchBank.Must(await transfers.DepositAsync(actor, Key(), own[0].Id, Usd(200), "Cash")))
        );
        await CostAsync("withdrawal", () =>
            AsyncOf(async () => BenchBank.Must(await transfers.WithdrawAsync(actor, Key(), own[0].Id, Usd(60), "Cash")))
        );
        await ReviewAsync(shop.Accounts[0], "Corner Grocery");
        await CostAsync("transfer to a very busy account: send", SendAsync);
        await CostAsync("dashboard (90 days, 6 months of cash flow)", DashboardAsync, times: 3);
        await CostAsync("history, first page of 25", () => HistoryAsync(HistoryFilter.All), times: 3);
        await CostAsync("history, first page of one category", () => HistoryAsync(new HistoryFilter { CategoryId = "groceries" }), times: 3);
        await CostAsync("history, filters opened: categories to choose from", () => _bank.History.CategoriesAsync(actor));
        await CostAsync("history, totals of a filter over a year", () =>
            AsyncOf(async () => BenchBank.Must(
                await _bank.History.TotalAsync(actor, new HistoryFilter { Direction = EntryDirection.Out }))), times: 3);
        await CostAsync("history, saved filters opened", () => _bank.Get<SavedFilterService>().ReadAsync(actor));
        var noted = BenchBank.Must(await _bank.History.SearchAsync(actor, HistoryFilter.All, null, 1)).Lines[0].Entry.TransferId;
        var notes = _bank.Get<TransactionNoteService>();
        await CostAsync("own note on a transaction: written", () =>
            AsyncOf(async () => BenchBank.Must(await notes.WriteAsync(actor, noted, "Half of it is Ben's; he pays it back in December"))));
        await CostAsync("own note on a transaction: read", () => notes.ReadAsync(actor, noted));

        await MeasureConfirmationAsync(transfers, actor, own[0], bob.Accounts[0], CostAsync);
        await MeasureStandingOrdersAsync(actor, own[0], bob.Accounts[0], CostAsync);
        await MeasureRequestsAsync(actor, Actor.Customer(bob.User.Id), own[0], bob.Accounts[0], CostAsync);
        await MeasureLoansAsync(actor, own[0], CostAsync);

        var browser = new CostBrowser(_bank.Services);
        await CostAsync("sign-in, password and code", () => SignInAsync(browser, ann.User, ann.Secret));
        await browser.WhoAsync();
        await CostAsync("any page's check of the session", () => browser.WhoAsync());
        var session = (await _bank.Get<ISessionRegistry>().ListAsync(ann.User.Id)).Single();
        await CostAsync("use of a session noted (every 15 s of use)", () =>
            _bank.Get<ISessionWatchStore>().StoreActivityAsync(ann.User.Id, session.SessionId, Now)
        );
        await CostAsync("an open page's look at its session (every 3 s)", () =>
            _bank.Get<ISessionWatchStore>().FindManyAsync([(ann.User.Id, session.SessionId)])
        );
        await CostAsync("an open page's look at the security stamp (every 30 s)", () =>
            _bank.Get<ISessionWatchStore>().FindSecurityStampsAsync([ann.User.Id])
        );
        await ReviewAsync(
            bob.Accounts[0],
            new string('n', TransferService.MaxNameLength),
            new string('d', LedgerRules.MaxDescriptionLength)
        );
        await CostAsync("transfer with the longest note and name: send", SendAsync);
        return costs;
    }

    private async Task MeasureConfirmationAsync(
        TransferService transfers, Actor actor, Account from, Account to, Func<string, Func<Task>, int, Task> costAsync)
    {
        var confirmations = _bank.Get<PaymentConfirmations>();
        var review = BenchBank.Must(await transfers.ReviewAsync(
            actor, new TransferRequest(Key(), from.Id, new TransferTarget.Someone(to.Number.Digits, "Bob Example"), Usd(1_500), "Furniture")));
        PaymentConfirmation? asked = null;
        await costAsync("large payment: asked to confirm it", async () =>
        {
            asked = await confirmations.AskAsync(actor, transfers.ToConfirm(actor, review)!);
        }, 1);
        await costAsync("large payment: confirmed, beside the check of the code", () =>
            confirmations.ConfirmAsync(asked!.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator), 1);
        await costAsync("large payment: send", () =>
            AsyncOf(async () => BenchBank.Must(await transfers.SendAsync(actor, review, duplicateConfirmed: true))), 1);
    }

    private async Task MeasureStandingOrdersAsync(Actor actor, Account from, Account to, Func<string, Func<Task>, int, Task> costAsync)
    {
        var orders = _bank.Get<StandingOrderService>();
        var request = new StandingOrderRequest(
            Key(),
            from.Id,
            new TransferTarget.Someone(to.Number.Digits, "Bob Example"),
            Usd(50),
            "Rent for the garage",
            PaymentSchedule.Monthly(orders.Today.AddDays(1)));
        StandingOrderReview? review = null;
        await costAsync("standing order: review", async () => review = BenchBank.Must(await orders.ReviewAsync(actor, request)), 1);
        await costAsync("standing order: set up", () => AsyncOf(async () => BenchBank.Must(await orders.CreateAsync(actor, review!))), 1);
        await costAsync("standing orders, the list", () => orders.ListAsync(actor), 1);

        var job = _bank.Get<IEnumerable<IBankJob>>().OfType<StandingOrderJob>().Single();
        await costAsync("standing orders, a run with nothing due (every minute)", () => RunAsync(job, Now), 1);

        // The day has come, on a clock of its own.
        var later = new SimulatedTime();
        later.Set(Now.AddDays(5));
        var clock = new SchedulingClock(_bank.Get<LedgerOptions>(), later);
        var store = _bank.Get<IStandingOrderStore>();
        var options = _bank.Get<SchedulingOptions>();
        var runner = new StandingOrderRunner(
            store,
            new StandingOrderPlan(_bank.Get<IBusinessCalendar>(), clock, options),
            _bank.Ledger,
            _bank.Get<IPayeeStore>(),
            _bank.Get<ICustomerDirectory>(),
            _bank.Get<IBankEvents>(),
            clock,
            NullLogger<StandingOrderRunner>.Instance);
        var due = new DueOrder(actor.UserId, review!.Order.Id, Now);
        await costAsync("standing orders, one payment executed", () => runner.RunAsync(due), 1);

        static async Task RunAsync(StandingOrderJob job, DateTimeOffset now)
        {
            string? cursor = null;
            JobStep step;
            do
            {
                step = await job.StepAsync(new JobContext("bench", 1, cursor, now, now), default);
                cursor = step.Cursor;
            }
            while (!step.IsDone);
        }
    }

    private async Task MeasureLoansAsync(Actor actor, Account account, Func<string, Func<Task>, int, Task> costAsync)
    {
        var job = _bank.Get<IEnumerable<IBankJob>>().OfType<LoanCollectionJob>().Single();
        await costAsync("loans, a run with nothing due (every minute)", () => RunAsync(job, Now), 1);

        var loan = new Loan
        {
            Id = DerivedId.From("loan", "bench"),
            OwnerId = actor.UserId,
            AccountId = account.Id,
            Product = "personal",
            ProductName = "Personal loan",
            Terms = new LoanTerms
            {
                Amount = Usd(1_200),
                Rate = 7.9m,
                Months = 12,
                Method = RepaymentMethod.Annuity,
                ArrangementFee = Usd(12),
                LateFee = Usd(15),
                GraceDays = 5,
            },
            Status = LoanStatus.Granted,
            AppliedAt = Now,
            NextRunAt = Now,
            Events = 1,
            Version = 1,
        };
        var granted = new LoanEvent
        {
            Sequence = 1,
            Kind = LoanEventKind.Granted,
            On = _bank.Get<LedgerRules>().DayOf(Now),
            At = Now,
        };
        await _bank.Get<ILoanStore>().TryAddAsync(loan, [granted]);
        await costAsync("loan: paid out", () => NewRunner(Now).RunAsync(loan.Id), 1);

        // The day has come, on a clock of its own.
        await costAsync("loan: one instalment collected", () => NewRunner(Now.AddDays(32)).RunAsync(loan.Id), 1);

        LoanRunner NewRunner(DateTimeOffset at)
        {
            var time = new SimulatedTime();
            time.Set(at);
            var options = _bank.Get<LendingOptions>();
            return new LoanRunner(
                _bank.Get<ILoanStore>(),
                _bank.Get<IAccountStore>(),
                _bank.Ledger,
                _bank.Get<ApprovalService>(),
                _bank.Get<IBankEvents>(),
                new LendingClock(_bank.Get<LedgerRules>(), options, time),
                options,
                NullLogger<LoanRunner>.Instance);
        }

        static async Task RunAsync(LoanCollectionJob job, DateTimeOffset now)
        {
            string? cursor = null;
            JobStep step;
            do
            {
                step = await job.StepAsync(new JobContext("bench", 1, cursor, now, now), default);
                cursor = step.Cursor;
            }
            while (!step.IsDone);
        }
    }

    private async Task MeasureRequestsAsync(
        Actor asker, Actor payer, Account to, Account from, Func<string, Func<Task>, int, Task> costAsync)
    {
        var requests = _bank.Get<PaymentRequestService>();
        var ask = new AskForMoney(
            Key(),
            to.Id,
            new TransferTarget.Someone(from.Number.Digits, "Bob Example"),
            Usd(20),
            "Dinner on Friday",
            requests.Today.AddDays(14),
            IsNameConfirmed: false);
        PaymentRequest? asked = null;
        await costAsync("request for money: asked", async () => asked = BenchBank.Must(await requests.AskAsync(asker, ask)), 1);
        await costAsync("requests for money, the list", () => requests.ListAsync(payer), 1);
        await costAsync("request for money: declined", () =>
            AsyncOf(async () => BenchBank.Must(await requests.DeclineAsync(payer, asked!.Id))), 1);
    }

    // The second step begins when the first has ended.
    private static IEnumerable<MeteredRequest> Behind(IReadOnlyList<MeteredRequest> first, IEnumerable<MeteredRequest> second)
    {
        var end = first.Max(request => request.End);
        return second.Select(request =>
            request.Start > end ? request : request with { Start = request.Start + end, End = request.End + end }
        );
    }

    private static Task AsyncOf(Func<Task> work) => work();

    private async Task SignInAsync(CostBrowser browser, BankUser user, byte[] secret)
    {
        var (step, _) = await browser.RequestAsync<SignInFlow, (SignInStep, BankUser?)>(flow =>
            flow.PasswordAsync(user.Email!, Password, "https://bank.example")
        );
        if (step != SignInStep.SecondFactor || !await browser.RequestAsync<SignInFlow, bool>(flow => flow.IsWaitingForSecondFactorAsync()))
        {
            throw new BenchFailedException($"The password led to {step}.");
        }

        var code = OneTimeCode.Compute(secret, OneTimeCode.StepAt(Now)).ToString("D6", CultureInfo.InvariantCulture);
        (step, _) = await browser.RequestAsync<SignInFlow, (SignInStep, BankUser?)>(flow =>
            flow.CodeAsync(code, "https://bank.example")
        );
        if (step != SignInStep.Done)
        {
            throw new BenchFailedException($"The code led to {step}.");
        }
    }

    private static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"cost {_keys++}");

    // A person with everything a customer has: second factor, recovery codes, a checking account used every day for a year,
    // a savings account used every month. A busy one is paid every three minutes, around the clock.
    private async Task<(List<Account> Accounts, BankUser User, byte[] Secret)> AddCustomerAsync(
        string email,
        string name,
        bool busy = false
    )
    {
        await using var scope = _bank.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = new BankUser { Email = email, UserName = email, FullName = name, PhoneNumber = "+12025550143", EmailConfirmed = true };
        user.Roles.Add(BankRoles.Customer);
        Must(await users.CreateAsync(user, Password));
        Must(await users.ResetAuthenticatorKeyAsync(user));
        Must(await users.SetTwoFactorEnabledAsync(user, true));
        await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);

        var now = Now;
        var checking = BenchBank.Must(await _bank.Accounts.OpenForAsync(
            Actor.System, user.Id, new OpenAccount(AccountService.FirstAccountKey, AccountType.Checking), openedAt: now - Year));
        var pace = busy ? TimeSpan.FromMinutes(3) : TimeSpan.FromHours(23);
        var count = busy ? 600 : (int)(Year / pace);
        await HistoryWriter.WriteAsync(_bank, checking, count, i => now.AddMinutes(-1) - (pace * (count - 1 - i)));
        var savings = BenchBank.Must(await _bank.Accounts.OpenForAsync(
            Actor.System, user.Id, new OpenAccount("savings", AccountType.Savings, "Holidays"), openedAt: now - Year));
        await HistoryWriter.WriteAsync(_bank, savings, 12, i => now - (TimeSpan.FromDays(30) * (12 - i)));
        return ([checking, savings], user, OneTimeCode.DecodeSecret(user.AuthenticatorKey!)!);
    }

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new BenchFailedException($"Refused: {string.Join(' ', result.Errors.Select(error => error.Description))}");
        }
    }
}
