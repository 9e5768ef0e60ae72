using BankPortal.Core.Analytics;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Dynamo.Engine;
using BankPortal.Infrastructure.Ledger;
using BankPortal.Infrastructure.Ledger.Posting;
using BankPortal.Infrastructure.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace BankPortal.Bench;

/// <summary>
/// The bank's services, put together as the portal does (encryption with its key ring in the database included), on an
/// engine of its own in memory.
/// </summary>
internal sealed class BenchBank : IAsyncDisposable
{
    // A restart takes a second; a loaded machine and a disturbed client make it longer.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly IHost _host;

    private BenchBank(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public DynamoDatabase Database => Get<DynamoDatabase>();

    public LedgerService Ledger => Get<LedgerService>();

    public LedgerRules Rules => Get<LedgerRules>();

    public DynamoLedgerStore Store => (DynamoLedgerStore)Get<ILedgerStore>();

    public LedgerItems LedgerItems => Get<LedgerItems>();

    public AccountItems AccountItems => Get<AccountItems>();

    public IFieldProtector Protector => Get<IFieldProtector>();

    public AccountService Accounts => Get<AccountService>();

    public HistoryService History => Get<HistoryService>();

    public DashboardService Dashboards => Get<DashboardService>();

    /// <summary>The engine's process as it is now; it changes when the engine is killed.</summary>
    public Process EngineProcess =>
        Process.GetProcessById(Get<EmbeddedEngine>().ProcessId ?? throw new BenchFailedException("The engine has ended."));

    /// <summary>Where the engine answers now.</summary>
    public Uri Endpoint => new(FormattableString.Invariant($"http://127.0.0.1:{Get<EmbeddedEngine>().Port}"));

    /// <summary>A bank in memory.</summary>
    /// <param name="countRequests">Whether requests can be counted; what the ledger is measured with should have nothing extra in
    /// its way.</param>
    public static Task<BenchBank> StartAsync(bool countRequests) => StartAsync(countRequests ? new RequestCounting() : null);

    /// <summary>A bank in memory, with something in the way of its requests.</summary>
    public static Task<BenchBank> StartAsync(IRequestInterceptor? interceptor) =>
        StartAsync(
            [
                KeyValuePair.Create<string, string?>("Dynamo:Mode", nameof(DynamoMode.Embedded)),
                KeyValuePair.Create<string, string?>("Dynamo:InMemory", "true"),
            ],
            interceptor
        );

    /// <summary>A bank in a file that outlives its engine, with something in the way of its requests.</summary>
    public static Task<BenchBank> StartAsync(string folder, IRequestInterceptor interceptor) =>
        StartAsync(
            [
                KeyValuePair.Create<string, string?>("Dynamo:Mode", nameof(DynamoMode.Embedded)),
                KeyValuePair.Create<string, string?>("Dynamo:DataFolder", folder),
            ],
            interceptor
        );

    /// <summary>Another process of a bank that runs already.</summary>
    public static Task<BenchBank> JoinAsync(Uri endpoint, Action<HostApplicationBuilder>? more = null) =>
        StartAsync(
            [
                KeyValuePair.Create<string, string?>("Dynamo:Mode", nameof(DynamoMode.Endpoint)),
                KeyValuePair.Create<string, string?>("Dynamo:Endpoint", endpoint.AbsoluteUri),
            ],
            null,
            more
        );

    /// <summary>A bank in memory, with more of the portal, or with parts of it replaced.</summary>
    public static Task<BenchBank> StartAsync(Action<HostApplicationBuilder> more) =>
        StartAsync(
            [
                KeyValuePair.Create<string, string?>("Dynamo:Mode", nameof(DynamoMode.Embedded)),
                KeyValuePair.Create<string, string?>("Dynamo:InMemory", "true"),
            ],
            null,
            more);

    /// <summary>A bank in memory, with more of the portal; its requests can be counted.</summary>
    public static Task<BenchBank> StartCountingAsync(Action<HostApplicationBuilder> more) =>
        StartAsync(
            [
                KeyValuePair.Create<string, string?>("Dynamo:Mode", nameof(DynamoMode.Embedded)),
                KeyValuePair.Create<string, string?>("Dynamo:InMemory", "true"),
            ],
            new RequestCounting(),
            more);

    private static async Task<BenchBank> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> where, IRequestInterceptor? interceptor, Action<HostApplicationBuilder>? more = null)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = Environments.Production }
        );
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                // Several processes of a measurement read the same key ring.
                ["Security:KeyRingPassphraseFile"] = PassphraseFile(),

                // A loaded machine may leave the engine without a processor for a while.
                ["Dynamo:RequestTimeout"] = "00:00:30",

                // The same customers send thousands of transfers in minutes here; every rule is still asked.
                ["Ledger:Checking:PerTransfer"] = "1000000",
                ["Ledger:Checking:PerDay"] = "1000000000",
            });
        builder.Configuration.AddInMemoryCollection(where);
        if (interceptor is not null)
        {
            builder.Services.AddSingleton(interceptor);
        }

        builder.Services.AddDynamo();
        builder.Services.AddSecurity();
        builder.Services.AddSingleton<IRelatedPersonStore, NoRelatedPersons>();
        builder.Services.AddSingleton(new StepUpPolicy(TimeProvider.System, TimeSpan.FromHours(1)));
        builder.Services.AddSingleton<IPaymentConfirmationStore, NoConfirmations>();
        builder.Services.AddSingleton(provider => new PaymentConfirmations(
            provider.GetRequiredService<IPaymentConfirmationStore>(), provider.GetRequiredService<TimeProvider>(), TimeSpan.FromHours(1)));
        builder.Services.AddLedger();
        builder.Services.AddSingleton<ITransferScreening, NoScreening>();
        builder.Services.AddAnalytics();
        more?.Invoke(builder);
        var host = builder.Build();
        var bank = new BenchBank(host);
        try
        {
            await host.Services.GetRequiredService<IDatabaseStartup>().EnsureReadyAsync();
            return bank;
        }
        catch
        {
            // The engine may run already, and has the file.
            await bank.DisposeAsync();
            throw;
        }
    }

    // What is measured is no secret.
    private static string PassphraseFile()
    {
        var file = Path.Combine(Path.GetTempPath(), "bankportal-bench.passphrase");
        if (!File.Exists(file))
        {
            OwnFile.Write(file, "only for measurements"u8);
        }

        return file;
    }

    /// <summary>Another service over the same ledger, with other options.</summary>
    public LedgerService NewLedger(Action<LedgerOptions> change, ILedgerStore? store = null, ITransferScreening? screening = null)
    {
        var options = new LedgerOptions { Checking = Get<LedgerOptions>().Checking };
        change(options);
        return new LedgerService(
            store ?? Store,
            Rules,
            options,
            screening ?? Get<ITransferScreening>(),
            Get<TransferFeed>(),
            TimeProvider.System,
            NullLogger<LedgerService>.Instance
        );
    }

    /// <summary>Opens accounts with money in them, each of another customer.</summary>
    public async Task<List<Account>> OpenAsync(string owners, int count, decimal balance)
    {
        var ids = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) =>
        {
            var owner = string.Create(CultureInfo.InvariantCulture, $"{owners}-{i}");
            var account = await OpenOneAsync(owner, AccountType.Checking, null, ct);
            Must(await Ledger.ExecuteAsync(
                new TransferOrder
                {
                    Actor = Actor.System,
                    IdempotencyKey = $"open {owner}",
                    Kind = TransferKind.Opening,
                    DebitAccountId = GeneralLedger.Opening(account.Currency),
                    CreditAccountId = account.Id,
                    Amount = Money.Of(balance, account.Currency),
                },
                ct));
            ids[i] = account.Id;
        });

        var accounts = new List<Account>(count);
        foreach (var chunk in ids.Chunk(90))
        {
            accounts.AddRange((await Store.ReadAsync("none", chunk)).Accounts.Values.OrderBy(a => a.Id, StringComparer.Ordinal));
        }

        return accounts;
    }

    public async Task<Account> OpenOneAsync(string owner, AccountType type, DateTimeOffset? openedAt, CancellationToken ct = default) =>
        Must(await Accounts.OpenForAsync(Actor.System, owner, new OpenAccount($"{owner} {type}", type), openedAt: openedAt, ct: ct));

    /// <summary>Kills the engine where it stands.</summary>
    public void KillEngine()
    {
        using var engine = EngineProcess;
        engine.Kill();
    }

    /// <summary>Waits until the tables answer.</summary>
    /// <exception cref="BenchFailedException">They do not within <see cref="ReadyWithin"/>, or the engine is given up.</exception>
    public async Task WaitUntilReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Store.FindTransferAsync("none");
                return;
            }
            catch (LedgerUnavailableException exception)
            {
                if (Get<EmbeddedEngine>().FatalError is { } error)
                {
                    throw new BenchFailedException(error);
                }

                if (waited.Elapsed > ReadyWithin)
                {
                    throw new BenchFailedException(
                        $"The tables do not answer after {ReadyWithin.TotalMinutes} minutes: {exception.InnerException?.Message}");
                }

                await Task.Delay(50);
            }
        }
    }

    /// <summary>Recomputes the whole ledger; what was measured must have been real.</summary>
    public async Task<LedgerVerification> VerifyAsync(bool throwing = true)
    {
        var found = await Get<LedgerVerifier>().VerifyAsync();
        return found.IsClean || !throwing
            ? found
            : throw new BenchFailedException($"The ledger is not in order: {string.Join("; ", found.Violations.Take(5))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    /// <summary>A transfer by the owner of the paying account.</summary>
    public static TransferOrder Order(Account from, Account to, long amount, string key) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = key,
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = Money.Of(amount, from.Currency),
        DuplicateConfirmed = true,
    };

    /// <summary>The commit of an order that the rules must allow; without an assessment.</summary>
    public LedgerCommit Decide(TransferOrder order, ImmutableDictionary<string, Account> accounts, DateTimeOffset now) =>
        Decide(Rules, order, accounts, now);

    /// <inheritdoc cref="Decide(TransferOrder, ImmutableDictionary{string, Account}, DateTimeOffset)"/>
    public static LedgerCommit Decide(
        LedgerRules rules, TransferOrder order, ImmutableDictionary<string, Account> accounts, DateTimeOffset now) =>
        rules.Apply(Must(rules.Check(order, new LedgerSnapshot(null, accounts), now)), verdict: null).Commit!;

    public static T Must<T>(Result<T> result)
        where T : notnull => result.IsSuccess ? result.Value : throw new BenchFailedException($"Refused: {result.Error}");

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
