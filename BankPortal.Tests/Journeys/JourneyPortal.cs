using BankPortal.Infrastructure.Notifications;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(BankPortal.Tests.Journeys.JourneyPortal))]

namespace BankPortal.Tests.Journeys;

/// <summary>
/// The portal that journeys walk through, on an engine in memory: one for all of them, started by the first. Each journey
/// has people of its own, so none sees another. A journey that needs other settings takes a portal of its own
/// (<see cref="With"/>).
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

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A portal of its own with other settings. Dispose it.</summary>
    public static JourneyPortal With(params (string Key, string Value)[] settings) => new(settings);

    /// <summary>Somebody who can sign in; a customer has a checking account with this much in it.</summary>
    /// <param name="name">The full name.</param>
    /// <param name="balance">What is in the account, in dollars.</param>
    /// <param name="authenticator">Whether signing in takes a code, too.</param>
    /// <param name="role">One of <see cref="BankRoles"/>.</param>
    public async Task<Person> CreateAsync(string name, decimal balance = 0, bool authenticator = false, string role = BankRoles.Customer)
    {
        var person = Person.Named(name);
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = new BankUser { UserName = person.Email, Email = person.Email, EmailConfirmed = true, FullName = name, PhoneNumber = person.Phone };
        user.Roles.Add(role);
        Must(await users.CreateAsync(user, person.Password));
        person = person with { UserId = user.Id };
        if (authenticator)
        {
            Must(await users.ResetAuthenticatorKeyAsync(user));
            Must(await users.SetTwoFactorEnabledAsync(user, true));
            var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);
            person = person with { Authenticator = new Authenticator((await users.GetAuthenticatorKeyAsync(user))!), RecoveryCodes = [.. codes!] };
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

    /// <summary>Pays cash into somebody's first account, behind the pages.</summary>
    public async Task<Transfer> PayInAsync(Person person, decimal amount, string description)
    {
        var result = await Services.GetRequiredService<TransferService>().DepositAsync(
            Actor.Customer(person.UserId), Guid.NewGuid().ToString("N"), person.AccountId, Money.Of(amount, Currency.Usd), description, Ct);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"The deposit was refused: {result.Error.Message}");
    }

    /// <summary>Takes cash out of somebody's first account, behind the pages.</summary>
    public async Task<Transfer> TakeOutAsync(Person person, decimal amount, string description)
    {
        var result = await Services.GetRequiredService<TransferService>().WithdrawAsync(
            Actor.Customer(person.UserId), Guid.NewGuid().ToString("N"), person.AccountId, Money.Of(amount, Currency.Usd), description, Ct);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"The withdrawal was refused: {result.Error.Message}");
    }

    /// <summary>Waits until the portal has written to somebody, with these words in the subject.</summary>
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
