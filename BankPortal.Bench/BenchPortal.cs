using BankPortal.Infrastructure.Identity.Users;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;

namespace BankPortal.Bench;

/// <summary>The whole portal in this process, on a free port, with a database in memory or that of another.</summary>
internal sealed class BenchPortal(Uri? endpoint = null) : WebApplicationFactory<Program>
{
    public const string Password = "Correct7horse-map";

    public const string Email = "watcher@bench.example";

    /// <summary>Starts it.</summary>
    /// <returns>Its address.</returns>
    public Uri Start()
    {
        UseKestrel(0);
        StartServer();
        return ClientOptions.BaseAddress;
    }

    /// <summary>Makes an analyst known.</summary>
    /// <returns>The key of the analyst's authenticator.</returns>
    public async Task<string> AddAnalystAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = new BankUser { UserName = Email, Email = Email, EmailConfirmed = true, FullName = "Bench Watcher" };
        user.Roles.Add(BankRoles.Analyst);
        foreach (
            var step in (Func<Task<IdentityResult>>[])
                [
                    () => users.CreateAsync(user, Password),
                    () => users.ResetAuthenticatorKeyAsync(user),
                    () => users.SetTwoFactorEnabledAsync(user, true),
                ]
        )
        {
            if (await step() is { Succeeded: false } refused)
            {
                throw new BenchFailedException(
                    "The analyst could not be made: " + string.Join(' ', refused.Errors.Select(error => error.Description))
                );
            }
        }

        return (await users.GetAuthenticatorKeyAsync(user))!;
    }

    /// <summary>Makes customers known, who sign in with <see cref="Password"/> alone. Their accounts are opened elsewhere.</summary>
    /// <returns>Their e-mail addresses and user ids.</returns>
    public async Task<IReadOnlyList<(string Email, string Id)>> AddCustomersAsync(int count)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var added = new List<(string Email, string Id)>();
        string? hash = null;
        for (var i = 0; i < count; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"customer{i}@bench.example");
            var user = new BankUser { UserName = email, Email = email, EmailConfirmed = true, FullName = $"Bench Customer {i}" };
            user.Roles.Add(BankRoles.Customer);

            // Hashing is slow on purpose; they all have the same password.
            hash ??= users.PasswordHasher.HashPassword(user, Password);
            user.PasswordHash = hash;
            if (await users.CreateAsync(user) is { Succeeded: false } refused)
            {
                throw new BenchFailedException(
                    "A customer could not be made: " + string.Join(' ', refused.Errors.Select(error => error.Description))
                );
            }

            added.Add((email, user.Id));
        }

        return added;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.UseSetting("Demo:Enabled", "false");
        builder.UseSetting("Fraud:Budget", "00:00:10");
        builder.UseSetting("SignIn:FormsPerMinute", "100000");
        builder.UseSetting("Sessions:CustomerIdle", "01:00:00");
        builder.UseSetting("Dynamo:Mode", endpoint is null ? "Embedded" : "Endpoint");
        if (endpoint is null)
        {
            builder.UseSetting("Dynamo:InMemory", "true");
        }
        else
        {
            builder.UseSetting("Dynamo:Endpoint", endpoint.AbsoluteUri);
        }
    }
}
