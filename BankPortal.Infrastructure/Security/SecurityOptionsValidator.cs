using BankPortal.Infrastructure.Dynamo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Security;

/// <summary>Checks <see cref="SecurityOptions"/>.</summary>
internal sealed class SecurityOptionsValidator(IConfiguration configuration, IHostEnvironment? environment = null)
    : IOptionsValidator<SecurityOptions>
{
    public void Check(SecurityOptions options, OptionsErrors errors)
    {
        var mode = ModeOf(configuration);
        errors.Require(
            mode != DynamoMode.Aws || !string.IsNullOrWhiteSpace(options.KmsKeyId),
            nameof(options.KmsKeyId),
            "must name a KMS key in AWS: without one the keys to all personal data would lie readable beside it");
        CheckFiles(options, errors);

        List<string> chosen = [];
        AddIfGiven(options.KmsKeyId, nameof(options.KmsKeyId));
        AddIfGiven(options.KeyRingCertificate, nameof(options.KeyRingCertificate));
        AddIfGiven(options.KeyRingPassphraseFile, nameof(options.KeyRingPassphraseFile));
        if (chosen.Count > 1)
        {
            errors.Add(chosen[1], $"must not be set beside {chosen[0]}: choose one of them");
        }

        // What is in memory is never stored. Without a mode the portal does not start anyway.
        var isStored = mode is DynamoMode.Endpoint
            || (mode is DynamoMode.Embedded && !IsSet(nameof(DynamoOptions.InMemory)));
        errors.Require(
            chosen.Count > 0 || options.AllowUnprotectedKeyRing || !isStored || environment?.IsDevelopment() != false,
            nameof(options.KeyRingPassphraseFile),
            $"must name a file with a passphrase that encrypts the key ring, or {nameof(options.KeyRingCertificate)} one with a certificate; "
            + $"{nameof(options.AllowUnprotectedKeyRing)}=true starts without protection");

        void AddIfGiven(string? value, string name)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                chosen.Add(name);
            }
        }
    }

    private static void CheckFiles(SecurityOptions options, OptionsErrors errors)
    {
        try
        {
            KeyRingSecrets.LoadCertificate(options)?.Dispose();
        }
        catch (StartRefusedException e)
        {
            errors.Add(nameof(options.KeyRingCertificate), e.Message.TrimEnd('.'));
        }

        try
        {
            KeyRingSecrets.LoadPassphrase(options);
        }
        catch (StartRefusedException e)
        {
            errors.Add(nameof(options.KeyRingPassphraseFile), e.Message.TrimEnd('.'));
        }
    }

    private static DynamoMode? ModeOf(IConfiguration configuration) =>
        Enum.TryParse<DynamoMode>(configuration[$"{DynamoOptions.Section}:{nameof(DynamoOptions.Mode)}"], ignoreCase: true, out var mode)
            ? mode
            : null;

    private bool IsSet(string setting) => bool.TryParse(configuration[$"{DynamoOptions.Section}:{setting}"], out var value) && value;
}
