using System.Security.Claims;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Identity.Confirmations;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Identity;

/// <summary>Registers the module Identity.</summary>
public static class IdentityServiceCollectionExtensions
{
    /// <summary>
    /// Adds users, roles, sign-in, sessions on the server and the cookies that carry them. Needs a <see cref="DynamoDatabase"/>.
    /// The portal sets the addresses of its pages on the cookie options and adds its policies.
    /// </summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSecurity();
        services.AddSecurityEvents();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        AddCookies(services);

        services.AddIdentityCore<BankUser>()
            .AddRoles<BankRole>()
            .AddErrorDescriber<BankErrorDescriber>()
            .AddClaimsPrincipalFactory<BankClaimsPrincipalFactory>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<PasswordResetTokenProvider>(PasswordResetTokenProvider.ProviderName)
            .AddSignInManager();

        // After the framework's own, so that ours have the last word.
        AddOptions(services);
        AddPasskeys(services);
        AddStores(services);
        AddManagers(services);
        return services;
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddValidatedOptions<BankIdentityOptions, BankIdentityOptionsValidator>(BankIdentityOptions.Section);
        services.AddValidatedOptions<SessionOptions, SessionOptionsValidator>(SessionOptions.Section);

        services
            .AddOptions<IdentityOptions>()
            .Configure<IOptions<BankIdentityOptions>>(
                static (identity, bank) =>
                {
                    // The rules live in BankPasswordValidator; the framework's own would say them a second time, in other words.
                    identity.Password.RequiredLength = PasswordRule.MinLength;
                    identity.Password.RequireUppercase = false;
                    identity.Password.RequireDigit = false;
                    identity.Password.RequireLowercase = false;
                    identity.Password.RequireNonAlphanumeric = false;
                    identity.User.RequireUniqueEmail = true;
                    identity.User.AllowedUserNameCharacters = "";
                    identity.SignIn.RequireConfirmedEmail = bank.Value.RequireConfirmedEmail;
                    identity.Lockout.AllowedForNewUsers = true;
                    identity.Lockout.MaxFailedAccessAttempts = bank.Value.LockoutAttempts;
                    identity.Lockout.DefaultLockoutTimeSpan = bank.Value.LockoutDuration;
                    identity.Tokens.PasswordResetTokenProvider = PasswordResetTokenProvider.ProviderName;
                    identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(
                        typeof(OneTimeCodeProvider)
                    );

                    // A code by e-mail or telephone is no second factor of this bank.
                    identity.Tokens.ProviderMap.Remove(TokenOptions.DefaultEmailProvider);
                    identity.Tokens.ProviderMap.Remove(TokenOptions.DefaultPhoneProvider);
                });
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<BankIdentityOptions>>(static (hasher, bank) =>
        {
            hasher.CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3;
            hasher.IterationCount = bank.Value.PasswordIterations;
        });
        services.AddOptions<PasswordResetTokenProvider.Settings>().Configure<IOptions<BankIdentityOptions>>(
            static (token, bank) => token.TokenLifespan = bank.Value.PasswordResetLifetime);
        services.AddOptions<DataProtectionTokenProviderOptions>().Configure<IOptions<BankIdentityOptions>>(
            static (token, bank) => token.TokenLifespan = bank.Value.EmailConfirmationLifetime);
        services.AddOptions<SecurityStampValidatorOptions>().Configure<IOptions<BankIdentityOptions>>(static (stamp, bank) =>
        {
            stamp.ValidationInterval = bank.Value.SecurityStampInterval;
            stamp.OnRefreshingPrincipal = KeepSessionClaimsAsync;
        });
    }

    // The server's name and the origin are those of the portal's address, which the portal sets.
    private static void AddPasskeys(IServiceCollection services) => services.AddOptions<IdentityPasskeyOptions>().Configure(
        static passkeys =>
        {
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AttestationConveyancePreference = "none";
            passkeys.AuthenticatorTimeout = PasskeyChallenges.Lifetime;
        });

    private static void AddCookies(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<ITicketStore, IOptions<SessionOptions>>(static (cookie, store, sessions) =>
            {
                Harden(cookie, "__Host-bankportal");
                cookie.SessionStore = store;
                cookie.CookieManager = new SessionCookieManager();

                // The table ends sessions; the cookie only must not end them earlier.
                cookie.ExpireTimeSpan = Longest(sessions.Value);
                cookie.SlidingExpiration = false;
            });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme)
            .Configure(static cookie => Harden(cookie, "__Host-bankportal-2fa"));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorRememberMeScheme)
            .Configure(static cookie => Harden(cookie, "__Host-bankportal-device"));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ExternalScheme)
            .Configure(static cookie => Harden(cookie, "__Host-bankportal-external"));
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton<UserRows>();
        services.AddSingleton<BankUserMapper>();
        services.AddSingleton<SignInCounter>();
        services.AddMetrics();
        services.AddSingleton<DecoyPassword>();
        services.AddSingleton<PasswordHashGate>();
        services.AddSingleton<SecurityEventReporter>();
        services.AddSingleton(static provider => new ClockWatch(
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClockWatch>>()));
        services.AddHealthChecks().AddCheck<ClockHealthCheck>("clock", tags: [DynamoServiceCollectionExtensions.ReadyTag]);
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<HalfWaySignIns>();
        services.AddSingleton<ISignInHistory>(static provider => new DynamoSignInHistory(
            provider.GetRequiredService<DynamoDatabase>(),
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<IFieldProtector>(),
            provider.GetRequiredService<LookupHasher>()));
        services.AddSingleton(static provider => new DynamoSessionStore(
            provider.GetRequiredService<DynamoDatabase>(),
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<ISignInHistory>(),
            provider.GetRequiredService<SecurityEventReporter>(),
            provider.GetRequiredService<IFieldProtector>(),
            provider.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(),
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<IOptions<SessionOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DynamoSessionStore>>(),
            provider.GetService<Core.Common.Events.IBankEvents>()));
        services.AddSingleton<ITicketStore>(static provider => provider.GetRequiredService<DynamoSessionStore>());
        services.AddSingleton<ISessionRegistry>(static provider => provider.GetRequiredService<DynamoSessionStore>());
        services.AddSingleton<ISessionWatchStore>(static provider => provider.GetRequiredService<DynamoSessionStore>());
        services.AddSingleton<ICustomerRegistry, CustomerRegistry>();
        services.AddSingleton(static provider => new CustomerDirectory(
            provider.GetRequiredService<UserRows>(), provider.GetRequiredService<BankUserMapper>()));
        services.AddSingleton<ICustomerDirectory>(static provider => provider.GetRequiredService<CustomerDirectory>());
        services.AddSingleton<IContactDirectory>(static provider => provider.GetRequiredService<CustomerDirectory>());
        services.AddSingleton<IStaffDirectory>(static provider => new StaffDirectory(
            provider.GetRequiredService<UserRows>(), provider.GetRequiredService<BankUserMapper>()));
        services.AddSingleton<IRelatedPersonStore, DynamoRelatedPersonStore>();
        services.AddSingleton<IPaymentConfirmationStore, DynamoPaymentConfirmationStore>();
        services.TryAddSingleton<ConflictsOfInterest>();
        services.AddSingleton<ICustomerAccess>(static provider => new CustomerAccessStore(
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<BankUserMapper>(),
            provider.GetRequiredService<ISessionRegistry>(),
            provider.GetRequiredService<TimeProvider>()));

        services.AddScoped(static provider => new DynamoRoleStore(
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<DynamoDatabase>(),
            provider.GetRequiredService<IdentityErrorDescriber>()));
        services.AddScoped<IRoleStore<BankRole>>(static provider => provider.GetRequiredService<DynamoRoleStore>());
        services.AddScoped(static provider => new DynamoUserStore(
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<BankUserMapper>(),
            provider.GetRequiredService<LookupHasher>(),
            provider.GetRequiredService<SignInCounter>(),
            provider.GetRequiredService<DynamoRoleStore>(),
            provider.GetRequiredService<IdentityErrorDescriber>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<Dynamo.Events.DynamoEventOutbox>()));
        services.AddScoped<IUserStore<BankUser>>(static provider => provider.GetRequiredService<DynamoUserStore>());
    }

    private static void AddManagers(IServiceCollection services)
    {
        // It holds nothing but options, and a singleton (the decoy) needs it.
        services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<BankUser>, PasswordHasher<BankUser>>());
        services.RemoveAll<IPasswordValidator<BankUser>>();
        services.AddScoped<IPasswordValidator<BankUser>, BankPasswordValidator>();
        services.AddScoped(static provider => new OneTimeCodeProvider(
            provider.GetRequiredService<DynamoUserStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(static provider => new FirstAdmin(
            provider.GetRequiredService<DynamoUserStore>(),
            provider.GetRequiredService<UserRows>(),
            provider.GetRequiredService<ILookupNormalizer>(),
            provider.GetRequiredService<IOptions<BankIdentityOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FirstAdmin>>()));

        services.AddScoped(static provider => new BankUserManager(
            provider.GetRequiredService<DynamoUserStore>(),
            provider.GetRequiredService<IOptions<IdentityOptions>>(),
            provider.GetRequiredService<IPasswordHasher<BankUser>>(),
            provider.GetServices<IUserValidator<BankUser>>(),
            provider.GetServices<IPasswordValidator<BankUser>>(),
            provider.GetRequiredService<ILookupNormalizer>(),
            provider.GetRequiredService<IdentityErrorDescriber>(),
            provider,
            provider.GetRequiredService<ILogger<UserManager<BankUser>>>(),
            provider.GetRequiredService<ISessionRegistry>(),
            provider.GetRequiredService<PasswordHashGate>(),
            provider.GetRequiredService<SecurityEventReporter>(),
            provider.GetRequiredService<KnownDevices>(),
            provider.GetRequiredService<TimeProvider>()));
        services.Replace(ServiceDescriptor.Scoped<UserManager<BankUser>>(
            static provider => provider.GetRequiredService<BankUserManager>()));

        services.AddSingleton<PasskeyChallenges>();
        services.AddScoped<PasskeyHandler<BankUser>>();
        services.Replace(ServiceDescriptor.Scoped<IPasskeyHandler<BankUser>>(static provider => new BankPasskeyHandler(
            provider.GetRequiredService<PasskeyHandler<BankUser>>(),
            provider.GetRequiredService<DynamoUserStore>(),
            provider.GetRequiredService<LookupHasher>())));
        services.AddScoped(static provider => new BankSignInManager(
            provider.GetRequiredService<BankUserManager>(),
            provider.GetRequiredService<DynamoUserStore>(),
            provider.GetRequiredService<FirstAdmin>(),
            provider.GetRequiredService<DecoyPassword>(),
            provider.GetRequiredService<PasswordHashGate>(),
            provider.GetRequiredService<SecurityEventReporter>(),
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<IUserClaimsPrincipalFactory<BankUser>>(),
            provider.GetRequiredService<IOptions<IdentityOptions>>(),
            provider.GetRequiredService<ILogger<SignInManager<BankUser>>>(),
            provider.GetRequiredService<Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider>(),
            provider.GetRequiredService<IUserConfirmation<BankUser>>(),
            provider.GetRequiredService<KnownDevices>(),
            provider.GetRequiredService<HalfWaySignIns>(),
            provider.GetRequiredService<IPasskeyHandler<BankUser>>(),
            provider.GetRequiredService<PasskeyChallenges>()));
        services.Replace(ServiceDescriptor.Scoped<SignInManager<BankUser>>(
            static provider => provider.GetRequiredService<BankSignInManager>()));
    }

    private static void Harden(CookieAuthenticationOptions cookie, string name)
    {
        // The prefix makes browsers insist on Secure, the root path and no domain, so that no sibling host can plant one.
        cookie.Cookie.Name = name;
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.IsEssential = true;
    }

    private static TimeSpan Longest(SessionOptions sessions) =>
        sessions.StaffAbsolute > sessions.CustomerAbsolute ? sessions.StaffAbsolute : sessions.CustomerAbsolute;

    // The validator makes the principal anew from the user, who knows nothing of the session or of how it began.
    private static Task KeepSessionClaimsAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal is { } current && context.NewPrincipal?.Identity is ClaimsIdentity renewed)
        {
            string[] kept =
            [
                BankClaims.SessionId, BankClaims.KeyNumber, BankClaims.AuthenticationMethod, BankClaims.Factor,
                ClaimTypes.AuthenticationMethod,
            ];
            foreach (var claim in current.Claims.Where(claim => kept.Contains(claim.Type, StringComparer.Ordinal)
                && !renewed.HasClaim(claim.Type, claim.Value)))
            {
                renewed.AddClaim(claim.Clone());
            }
        }

        return Task.CompletedTask;
    }
}
