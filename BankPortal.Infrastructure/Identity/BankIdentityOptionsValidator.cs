using System.ComponentModel.DataAnnotations;

namespace BankPortal.Infrastructure.Identity;

/// <summary>Checks <see cref="BankIdentityOptions"/>.</summary>
internal sealed class BankIdentityOptionsValidator : IOptionsValidator<BankIdentityOptions>
{
    // OWASP's figure for PBKDF2-HMAC-SHA512 (Password Storage Cheat Sheet).
    private const int FewestIterations = 210_000;
    private const int MostIterations = 10_000_000;
    private const int ShortestSetupToken = 24;
    private const int MostHashesAtOnce = 1024;
    private const int MostHashesWaiting = 10_000;

    public void Check(BankIdentityOptions options, OptionsErrors errors)
    {
        var moment = TimeSpan.FromSeconds(1);
        errors.RequireRange(options.LockoutAttempts, 2, 100, nameof(options.LockoutAttempts));
        errors.RequireRange(options.LockoutDuration, moment, TimeSpan.FromDays(1), nameof(options.LockoutDuration));
        errors.RequireRange(options.PasswordIterations, FewestIterations, MostIterations, nameof(options.PasswordIterations));
        errors.RequireRange(options.HashesAtOnce, 1, MostHashesAtOnce, nameof(options.HashesAtOnce));
        errors.RequireRange(options.HashesWaiting, 0, MostHashesWaiting, nameof(options.HashesWaiting));
        errors.RequireRange(options.PasswordResetLifetime, moment, TimeSpan.FromDays(1), nameof(options.PasswordResetLifetime));
        errors.RequireRange(options.EmailConfirmationLifetime, moment, TimeSpan.FromDays(7), nameof(options.EmailConfirmationLifetime));
        errors.RequireRange(options.SecurityStampInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(options.SecurityStampInterval));
        errors.Require(
            options.FirstAdmin.Email is not { Length: > 0 } email || new EmailAddressAttribute().IsValid(email),
            "FirstAdmin:Email",
            "is not an e-mail address");
        errors.Require(
            options.FirstAdmin.SetupToken is not { Length: > 0 and < ShortestSetupToken },
            "FirstAdmin:SetupToken",
            $"must have at least {ShortestSetupToken} characters");
    }
}
