using System.CommandLine;
using BankPortal.Infrastructure.Dynamo.Engine;
using BankPortal.Infrastructure.Security;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Encrypts the key ring with another certificate or passphrase. The settings still name the old one while it runs.</summary>
internal sealed class RotateKeysCommand(IDatabaseStartup database, KeyRingRotation rotation) : IPortalCommand
{
    private const string CertificateOption = "--to-certificate";
    private const string PasswordOption = "--to-certificate-password-file";
    private const string PassphraseOption = "--to-passphrase-file";
    private const string DryRunOption = "--dry-run";

    // It reads the key ring by itself: after an interrupted change of settings the usual check would refuse to start.
    public bool NeedsTables => false;

    public static Command Define()
    {
        var command = new Command("rotate-keys", "Encrypt the keys of the key ring with another certificate or passphrase.")
        {
            new Option<string>(CertificateOption)
            {
                Description = "The file of the new certificate with its RSA private key.",
                HelpName = "FILE",
            },
            new Option<string>(PasswordOption)
            {
                Description = "A file with the password of the new certificate.",
                HelpName = "FILE",
            },
            new Option<string>(PassphraseOption)
            {
                Description = "A file with the new passphrase, at least 16 characters.",
                HelpName = "FILE",
            },
            new Option<bool>(DryRunOption) { Description = "Try everything and store nothing." },
        };
        command.Validators.Add(static given => given.Require(
            given.GetResult(CertificateOption) is null != given.GetResult(PassphraseOption) is null,
            $"Give either {CertificateOption} or {PassphraseOption}."));
        return command;
    }

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var certificate = call.GetValue<string>(CertificateOption);
        var passphrase = call.GetValue<string>(PassphraseOption);
        string? password = null;
        if (call.GetValue<string>(PasswordOption) is { } file)
        {
            try
            {
                password = (await File.ReadAllTextAsync(file, ct)).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"{PasswordOption} names a file that cannot be read: {e.Message}");
                return ExitCodes.Usage;
            }
        }

        await database.EnsureReadyAsync(ct);
        var isDryRun = call.GetValue<bool>(DryRunOption);
        var (keys, changed) = await rotation.RotateAsync(certificate, password, passphrase, isDryRun, ct);
        var secret = certificate is not null ? $"the certificate {certificate}" : $"the passphrase in {passphrase}";
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{changed} of {keys} keys {(isDryRun ? "would be" : "are now")} encrypted with {secret}; {keys - changed} were already."));
        await Console.Out.WriteLineAsync(isDryRun
            ? "Nothing was changed."
            : $"Set Security:{(certificate is not null
                ? nameof(SecurityOptions.KeyRingCertificate)
                : nameof(SecurityOptions.KeyRingPassphraseFile))} to it in place of the old secret and start every node anew. "
                + "Backups from before need the old secret.");
        return ExitCodes.Ok;
    }
}
