using BankPortal.Web.Hosting.Commands;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Demo;

/// <summary>
/// Loads what the demonstration needs before the portal opens: a handful of people in every role, and a year of the customers' banking,
/// through the same services as everything else. Only in Development. Loading that was broken off goes on at the next start, and what is
/// there is not loaded twice. <see cref="DemoHistoryJob"/> adds the customers without a sign-in afterwards.
/// </summary>
internal sealed partial class DemoBank(
    IServiceScopeFactory scopes,
    AccountService accounts,
    IAccountStore accountStore,
    LedgerService ledger,
    ILedgerStore store,
    LedgerRules rules,
    DemoSignIns signIns,
    DemoIncidents incidents,
    DemoHistoryHold history,
    DemoLoans loans,
    TimeProvider time,
    ILogger<DemoBank> logger
) : IStartupTask
{
    private const string CheckingKey = AccountService.FirstAccountKey;
    private const string SavingsKey = "demo-savings";

    public async Task RunAsync(CancellationToken ct = default)
    {
        var users = await EnsureUsersAsync();
        signIns.Set(users.Select(user => new DemoSignIn(user.Person.Name, user.Person.Role, user.Person.Email, user.AuthenticatorKey)));

        var customers = users.Where(user => user.Person.IsCustomer).ToDictionary(user => user.Person, user => user.Id);
        var last = await FirstDayAsync(customers.Values.First(), ct) is { } first
            ? first.AddDays(DemoYear.Days)
            : rules.DayOf(time.GetUtcNow());
        var accountsOf = new Dictionary<DemoPerson, (Account Checking, Account Savings)>();
        var opened = new DateTimeOffset(last.AddDays(-DemoYear.Days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        foreach (var (person, userId) in customers)
        {
            accountsOf.Add(
                person,
                (
                    (
                        await accounts.OpenForAsync(
                            Actor.System,
                            userId,
                            new OpenAccount(CheckingKey, AccountType.Checking, "Everyday"),
                            null,
                            opened,
                            ct
                        )
                    ).Value,
                    (
                        await accounts.OpenForAsync(
                            Actor.System,
                            userId,
                            new OpenAccount(SavingsKey, AccountType.Savings, "Rainy day"),
                            null,
                            opened.AddMinutes(1),
                            ct
                        )
                    ).Value
                )
            );
        }

        await PostAsync([.. DemoYear.Of(last, [.. customers.Keys]).Select((movement, i) => OrderOf(movement, $"demo-{i}", accountsOf))], ct);
        var people = DemoPerson.All.Where(accountsOf.ContainsKey).Select(person => (person, accountsOf[person].Checking));
        await incidents.RunAsync([.. people], ct);
        await loans.RunAsync([.. people.Select(one => one.Checking)], ct);

        // For the line that is printed when the portal is open.
        await history.FindReasonAsync(ct);
    }

    private static TransferOrder OrderOf(
        DemoMovement movement,
        string key,
        Dictionary<DemoPerson, (Account Checking, Account Savings)> accountsOf
    )
    {
        var currency = accountsOf.First().Value.Checking.Currency;
        var outside = movement.Kind == TransferKind.Transfer ? "" : GeneralLedger.Opposite(movement.Kind, currency);
        return new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = key,
            Kind = movement.Kind,
            DebitAccountId = movement.From is { } from ? accountsOf[from].Checking.Id : outside,
            CreditAccountId = movement.To is { } to ? (movement.ToSavings ? accountsOf[to].Savings : accountsOf[to].Checking).Id : outside,
            Amount = Money.Of(movement.Amount, currency),
            Description = movement.Description,
            DebitName = movement.From?.Name ?? movement.Outside,
            CreditName = movement.To?.Name ?? movement.Outside,
            At = movement.At,
        };
    }

    private async Task PostAsync(List<TransferOrder> orders, CancellationToken ct)
    {
        // Movements are posted in order, so the last one there means that all are.
        if (await store.FindTransferAsync(orders[^1].TransferId, ct) is not null)
        {
            return;
        }

        var progress = new ProgressLine("Loading demo data", time);
        var refused = 0;
        var done = 0;
        foreach (var some in orders.Chunk(LedgerService.MaxOrdersInCommit))
        {
            // As many in one commit as fit: the portal is open that much sooner.
            var results = await ledger.ExecuteInOrderAsync(some, ct);
            if (results.Count < some.Length || results.Any(DemoHistoryJob.IsWithoutAnswer))
            {
                throw new InvalidOperationException("The ledger did not answer while demo data was loaded. Start the portal again.");
            }

            foreach (var result in results)
            {
                // Somebody short of money simply did not buy it; anything else is a fault of ours.
                refused += result.Error is InsufficientFundsError ? 1 : 0;
                if (!result.IsSuccess && result.Error is not InsufficientFundsError)
                {
                    MovementRefused(logger, done, result.Error.Code);
                }

                done++;
            }

            progress.Show(done, orders.Count);
        }

        ProgressLine.End();
        DataLoaded(logger, orders.Count, refused);
    }

    private async Task<DateOnly?> FirstDayAsync(string userId, CancellationToken ct) =>
        await accountStore.ListByOwnerAsync(userId, ct) is [var account, ..] ? DateOnly.FromDateTime(account.OpenedAt.UtcDateTime) : null;

    private async Task<List<(DemoPerson Person, string Id, string AuthenticatorKey)>> EnsureUsersAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var found = new List<(DemoPerson, string, string)>();
        foreach (var person in DemoPerson.All)
        {
            var user = await users.FindByEmailAsync(person.Email);
            if (user is null)
            {
                user = new BankUser { UserName = person.Email, Email = person.Email, EmailConfirmed = true, FullName = person.Name };
                user.Roles.Add(person.Role);
                Must(await users.CreateAsync(user, DemoPerson.Password));
            }

            // Drawn anew for every database: no secret that everybody could read in the source.
            if (await users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 })
            {
                Must(await users.ResetAuthenticatorKeyAsync(user));
            }

            if (!user.TwoFactorEnabled)
            {
                Must(await users.SetTwoFactorEnabledAsync(user, true));
            }

            found.Add((person, user.Id, (await users.GetAuthenticatorKeyAsync(user))!));
        }

        return found;
    }

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                "A demo user could not be made: " + string.Join(" ", result.Errors.Select(error => error.Description))
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo movement {Number} was refused: {Reason}")]
    private static partial void MovementRefused(ILogger logger, int number, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo data loaded: {Count} movements, {Refused} without funds")]
    private static partial void DataLoaded(ILogger logger, int count, int refused);
}
