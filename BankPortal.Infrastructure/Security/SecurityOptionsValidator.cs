using BankPortal.Infrastructure.Dynamo;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Infrastructure.Security;

/// <summary>Checks <see cref="SecurityOptions"/>.</summary>
internal sealed class SecurityOptionsValidator(IConfiguration configuration) : IOptionsValidator<SecurityOptions>
{
    public void Check(SecurityOptions options, OptionsErrors errors)
    {
        var mode = configuration[$"{DynamoOptions.Section}:{nameof(DynamoOptions.Mode)}"];
        errors.Require(
            !string.Equals(mode, nameof(DynamoMode.Aws), StringComparison.OrdinalIgnoreCase)
                || !string.IsNullOrWhiteSpace(options.KmsKeyId),
            nameof(options.KmsKeyId),
            "must name a KMS key in AWS: without one the keys to all personal data would lie readable beside it");
    }
}
