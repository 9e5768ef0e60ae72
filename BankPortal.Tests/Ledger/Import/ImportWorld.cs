using System.Text;
using BankPortal.Infrastructure.Ledger.Import;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Tests.Ledger.Import;

/// <summary>The ledger and the module Identity on one real engine, to import into.</summary>
internal sealed class ImportWorld : IAsyncDisposable
{
    private readonly ServiceProvider _identity;

    private ImportWorld(LedgerWorld ledger)
    {
        Ledger = ledger;
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(ledger.Database);
        services.AddIdentity();
        _identity = services.BuildServiceProvider();
        Service = NewService(ledger.Ledger);
    }

    public LedgerWorld Ledger { get; }

    /// <summary>The days that are closed.</summary>
    public ClosedDays Closed { get; } = new();

    public ImportService Service { get; }

    public static async Task<ImportWorld> CreateAsync() => new(await LedgerWorld.CreateAsync(EngineKind.Dynoxide));

    /// <summary>Another service, as another process would have it.</summary>
    public ImportService NewService(LedgerService ledger) =>
        new(_identity.GetRequiredService<ICustomerRegistry>(), Ledger.Accounts, ledger, Ledger.Store, Closed, Ledger.Rules);

    /// <summary>Creates a registered customer.</summary>
    public async Task RegisterAsync(string email)
    {
        using var scope = _identity.CreateScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<UserManager<BankUser>>()
            .CreateAsync(new BankUser { Email = email, FullName = "Already Here" });
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
    }

    /// <summary>The stored balance of an account; <see langword="null"/> when there is no such account.</summary>
    public async Task<Money?> BalanceAsync(string source, string customerId, string accountId)
    {
        var owner = DerivedId.From("customer", source, customerId);
        var id = Core.Accounts.AccountService.IdOf(owner, $"import:{source}:{accountId}");
        return (await Ledger.AccountStore.FindAsync(id))?.Balance;
    }

    public static ImportPlan Plan(string text, string source = "books", bool acceptDifferences = false)
    {
        var file = ImportFileReader.Read(
            Encoding.UTF8.GetBytes(text), ImportMapping.Documented, new LedgerRules(new LedgerOptions()), DateTimeOffset.UtcNow);
        return ImportPlanner.Plan(source, file.Rows, file.Unreadable, acceptDifferences);
    }

    /// <summary>Days that a test says are closed.</summary>
    internal sealed class ClosedDays : IClosedDays
    {
        public DateOnly? To { get; set; }

        public Task<DateOnly?> FindClosedToAsync(CancellationToken ct = default) => Task.FromResult(To);
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await Ledger.DisposeAsync();
    }
}
