using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>Issues the tokens of password-reset links, which expire sooner than those that confirm an address.</summary>
internal sealed class PasswordResetTokenProvider(
    IDataProtectionProvider protection,
    IOptions<PasswordResetTokenProvider.Settings> options,
    ILogger<DataProtectorTokenProvider<BankUser>> logger)
    : DataProtectorTokenProvider<BankUser>(protection, options, logger)
{
    internal const string ProviderName = "PasswordReset";

    internal sealed class Settings : DataProtectionTokenProviderOptions
    {
        public Settings() => Name = ProviderName;
    }
}
