using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(BankPortal.Tests.Journeys.JourneyPortal))]

namespace BankPortal.Tests.Journeys;

/// <summary>
/// The portal of the journeys, on an engine in memory. The first journey starts it, and all share it; each creates its own
/// people. A journey that needs other settings starts its own portal (<see cref="With"/>).
/// </summary>
public sealed class JourneyPortal : IAsyncDisposable
{
    private readonly Lazy<(PortalHost Host, string Address)> _portal;

    public JourneyPortal()
        : this([])
    {
    }

    private JourneyPortal((string Key, string Value)[] settings) => _portal = new(() => Start(settings));

    /// <summary>Where the portal is, without a slash at the end.</summary>
    public string Address => _portal.Value.Address;

    /// <summary>What the portal logs as an error.</summary>
    public ErrorLog Log { get; } = new();

    /// <summary>The portal's services, for what a journey needs to find in place when it begins.</summary>
    public IServiceProvider Services => _portal.Value.Host.Services;

    /// <summary>The bank's day.</summary>
    public DateOnly Today => Services.GetRequiredService<LedgerRules>().DayOf(DateTimeOffset.UtcNow);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Another portal with other settings. Dispose it.</summary>
    public static JourneyPortal With(params (string Key, string Value)[] settings) => new(settings);

    /// <summary>Creates a person who can sign in. A customer gets a checking account with this balance.</summary>
    /// <param name="name">The full name.</param>
    /// <param name="balance">What is in the account, in dollars.</param>
    /// <param name="authenticator">Whether signing in takes a code, too.</param>
    /// <param name="role">One of <see cref="BankRoles"/>.</param>
    public async Task<Person> CreateAsync(string name, decimal balance = 0, bool authenticator = false, string role = BankRoles.Customer)
    {
        var person = Person.Named(name);
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = new BankUser
        {
            UserName = person.Email,
            Email = person.Email,
            EmailConfirmed = true,
            FullName = name,
            PhoneNumber = person.Phone,
        };
        user.Roles.Add(role);
        Must(await users.CreateAsync(user, person.Password));
        person = person with { UserId = user.Id };
        if (authenticator)
        {
            Must(await users.ResetAuthenticatorKeyAsync(user));
            Must(await users.SetTwoFactorEnabledAsync(user, true));
            var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);
            person = person with
            {
                Authenticator = new Authenticator((await users.GetAuthenticatorKeyAsync(user))!),
                RecoveryCodes = [.. codes!],
            };
        }

        if (role == BankRoles.Customer)
        {
            var account = await Services.GetRequiredService<AccountService>().EnsureFirstAccountAsync(user.Id, Ct);
            person = person with { AccountId = account.Value.Id, AccountNumber = account.Value.Number.Grouped };
        }

        if (balance > 0)
        {
            await PayInAsync(person, balance, "Opening deposit");
        }

        return person;
    }

    /// <summary>Pays cash into a person's first account, without the pages.</summary>
    public async Task<Transfer> PayInAsync(Person person, decimal amount, string description)
    {
        var result = await Services.GetRequiredService<TransferService>().DepositAsync(
            Actor.Customer(person.UserId), Guid.NewGuid().ToString("N"), person.AccountId, Money.Of(amount, Currency.Usd), description, Ct);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"The deposit was refused: {result.Error.Message}");
    }

    /// <summary>Takes cash out of a person's first account, without the pages.</summary>
    public async Task<Transfer> TakeOutAsync(Person person, decimal amount, string description)
    {
        var result = await Services.GetRequiredService<TransferService>().WithdrawAsync(
            Actor.Customer(person.UserId), Guid.NewGuid().ToString("N"), person.AccountId, Money.Of(amount, Currency.Usd), description, Ct);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"The withdrawal was refused: {result.Error.Message}");
    }

    /// <summary>Sends money between the first accounts of two people, without the pages.</summary>
    /// <param name="payer">Who pays.</param>
    /// <param name="payee">Who is paid.</param>
    /// <param name="amount">In dollars.</param>
    /// <param name="hold">Whether the transfer is held for a decision by staff.</param>
    public async Task<Transfer> SendAsync(Person payer, Person payee, decimal amount, bool hold = false)
    {
        var result = await TrySendAsync(payer, payee, amount, hold);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"The transfer was refused: {result.Error.Message}");
    }

    /// <summary>The same, for transfers that the fraud rules may decline.</summary>
    public Task<Result<Transfer>> TrySendAsync(Person payer, Person payee, decimal amount, bool hold = false) =>
        Services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.Customer(payer.UserId),
                IdempotencyKey = Guid.NewGuid().ToString("N"),
                Kind = TransferKind.Transfer,
                DebitAccountId = payer.AccountId,
                CreditAccountId = payee.AccountId,
                Amount = Money.Of(amount, Currency.Usd),
                CreditName = payee.Name,
                DebitName = payer.Name,
                DuplicateConfirmed = true,
                Hold = hold,
            },
            Ct);

    /// <summary>Waits until the portal has sent a person a message with this text in its subject.</summary>
    public async Task LetterToAsync(Person person, string subject)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await Services.GetRequiredService<DevelopmentMailbox>().WaitForAsync(person.Email, subject, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal.IsValueCreated)
        {
            await _portal.Value.Host.DisposeAsync();
        }
    }

    private (PortalHost Host, string Address) Start((string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Demo:Enabled"] = "false",
            ["SignIn:FormsPerMinute"] = "100000",
            ["SignIn:NeutralAnswerTime"] = "00:00:00",
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var host = new PortalHost(settings, services => services.AddSingleton<ILoggerProvider>(Log));
        return (host, host.Start());
    }

    private static void Must(IdentityResult result) =>
        Assert.True(result.Succeeded, string.Join("; ", result.Errors.Select(error => error.Description)));
}
