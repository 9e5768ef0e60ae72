using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BankPortal.Infrastructure.Identity;

/// <summary>Finds every mistake in <see cref="BankIdentityOptions"/> at once.</summary>
internal sealed class BankIdentityOptionsValidator : IValidateOptions<BankIdentityOptions>
{
    private const int FewestIterations = 210_000;
    private const int ShortestSetupToken = 24;

    public ValidateOptionsResult Validate(string? name, BankIdentityOptions options)
    {
        var errors = new List<string>();
        Check(options.LockoutAttempts is >= 2 and <= 100, "LockoutAttempts must be from 2 to 100.");
        CheckSpan(nameof(options.LockoutDuration), options.LockoutDuration, TimeSpan.FromDays(1));
        Check(options.PasswordIterations >= FewestIterations, $"PasswordIterations must be at least {FewestIterations}.");
        CheckSpan(nameof(options.PasswordResetLifetime), options.PasswordResetLifetime, TimeSpan.FromDays(1));
        CheckSpan(nameof(options.EmailConfirmationLifetime), options.EmailConfirmationLifetime, TimeSpan.FromDays(7));
        CheckSpan(nameof(options.SecurityStampInterval), options.SecurityStampInterval, TimeSpan.FromMinutes(1));
        Check(
            options.FirstAdmin.Email is not { Length: > 0 } email || new EmailAddressAttribute().IsValid(email),
            "FirstAdmin:Email is not an e-mail address.");
        Check(
            options.FirstAdmin.SetupToken is not { Length: > 0 and < ShortestSetupToken },
            $"FirstAdmin:SetupToken must have at least {ShortestSetupToken} characters.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(bool condition, string message)
        {
            if (!condition)
            {
                errors.Add($"{BankIdentityOptions.Section}: {message}");
            }
        }

        void CheckSpan(string field, TimeSpan value, TimeSpan longest) =>
            Check(value > TimeSpan.Zero && value <= longest, $"{field} must be positive and at most {longest}.");
    }
}
