using System.Text.RegularExpressions;

namespace BankPortal.Infrastructure.Dynamo;

/// <summary>Checks <see cref="DynamoOptions"/>.</summary>
public sealed partial class DynamoOptionsValidator : IOptionsValidator<DynamoOptions>
{
    // DynamoDB allows 255 characters for a table's name; the longest of ours must fit behind the prefix.
    private const int LongestPrefix = 100;

    /// <inheritdoc/>
    public void Check(DynamoOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.Require(
            options.Mode is { } mode && Enum.IsDefined(mode),
            nameof(options.Mode),
            "must be one of Embedded, Endpoint, Aws (outside Development there is no default)");
        errors.Require(
            options.TablePrefix is not null && options.TablePrefix.Length <= LongestPrefix && PrefixPattern().IsMatch(options.TablePrefix),
            nameof(options.TablePrefix),
            $"must be at most {LongestPrefix} letters, digits, '_', '-' or '.'");
        errors.RequireRange(options.MaxRetries, 0, 10, nameof(options.MaxRetries));
        errors.RequireRange(
            options.RequestTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.RequestTimeout));
        errors.RequireRange(
            options.ConnectTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30), nameof(options.ConnectTimeout));
        errors.RequireRange(options.MaxConnections, 1, 10_000, nameof(options.MaxConnections));
        errors.Require(Enum.IsDefined(options.RetryMode), nameof(options.RetryMode), "must be Standard or Adaptive");

        switch (options.Mode)
        {
            case DynamoMode.Embedded:
                CheckEmbedded(options, errors);
                break;
            case DynamoMode.Endpoint:
                errors.Require(
                    options.Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                    nameof(options.Endpoint),
                    "must be an http or https address in mode Endpoint, for example http://localhost:8000");
                break;
            case DynamoMode.Aws:
                errors.Require(
                    options.Region is not null && RegionPattern().IsMatch(options.Region),
                    nameof(options.Region),
                    "must name an AWS region in mode Aws, for example eu-central-1");
                errors.Require(
                    options.Endpoint is null, nameof(options.Endpoint), "must not be set in mode Aws: use mode Endpoint, or remove it");
                break;
        }

        errors.Require(
            !options.InMemory || options.Mode is null or DynamoMode.Embedded, nameof(options.InMemory), "can only be set in mode Embedded");
    }

    private static void CheckEmbedded(DynamoOptions options, OptionsErrors errors)
    {
        errors.Require(
            options.InMemory || options.EffectiveDataFolder is not null,
            nameof(options.DataFolder),
            "must be given, because this user has no application-data folder");
        errors.Require(
            string.IsNullOrWhiteSpace(options.EnginePath) || File.Exists(options.EnginePath),
            nameof(options.EnginePath),
            "names a file that does not exist");
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(
        "^[a-z]{2}(-[a-z]+)+-[0-9]+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex RegionPattern();
}
