using BankPortal.Infrastructure.Dynamo;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Infrastructure.Security;

/// <summary>The rules for <see cref="SecurityOptions"/>.</summary>
internal sealed class SecurityOptionsRules(IConfiguration configuration) : IOptionsRules<SecurityOptions>
{
    public void Check(SecurityOptions options, OptionsErrors mistakes)
    {
        var mode = configuration[$"{DynamoOptions.Section}:{nameof(DynamoOptions.Mode)}"];
        mistakes.Require(
            !string.Equals(mode, nameof(DynamoMode.Aws), StringComparison.OrdinalIgnoreCase) || !string.IsNullOrWhiteSpace(options.KmsKeyId),
            nameof(options.KmsKeyId),
            "must name a KMS key in AWS: without one the keys to all personal data would lie readable beside it");
    }
}
