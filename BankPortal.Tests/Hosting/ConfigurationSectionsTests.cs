using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Scheduling;
using BankPortal.Infrastructure.Statements;
using BankPortal.Web.Features.Demo;
using BankPortal.Web.Features.Fraud;
using BankPortal.Web.Features.Identity;
using BankPortal.Web.Features.Ledger;
using BankPortal.Web.Features.Notifications;
using BankPortal.Web.Features.Products;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Tests.Hosting;

/// <summary>Every section of the portal's configuration refuses what it does not know or cannot read, by its full key.</summary>
[UnitTest]
public sealed class ConfigurationSectionsTests
{
    // A setting of each section that Development accepts; what it says is the default.
    private static readonly (string Key, string Value)[] Known =
    [
        ("Accounts:MaxPerCustomer", "20"), ("Cases:FraudDueAfter", "2.00:00:00"), ("Demo:Enabled", "true"), ("Dynamo:MaxRetries", "3"),
        ("Fraud:Budget", "00:00:00.050"), ("Identity:LockoutAttempts", "5"), ("Ledger:MaxTries", "40"), ("Monitor:MostHeld", "500"),
        ("Notifications:Smtp:Port", "587"), ("Products:Savings:Rate", "1.25"), ("Proxy:Hops", "1"), ("Scheduling:CatchUpDays", "5"),
        ("Reconciliation:Enabled", "true"), ("Security:KmsRegion", "eu-central-1"),
        ("Sessions:Poll", "00:00:03"), ("Shell:TimeZone", "UTC"), ("SignIn:FormsPerMinute", "30"), ("Statements:BankName", "BankPortal"),
    ];

    public static TheoryData<string> Sections => [.. Known.Select(setting => setting.Key.Split(':')[0])];

    [Fact]
    public void ValidateOptions_AKnownSettingOfEverySection_IsAccepted() => Assert.Empty(ErrorsIn(Known));

    [Theory, MemberData(nameof(Sections))]
    public void ValidateOptions_AnUnknownKey_IsRefusedByItsFullName(string section)
    {
        var error = Assert.Single(ErrorsIn([.. Known, (section + ":Colour", "mauve")]));

        Assert.StartsWith(section + ":Colour is not a setting", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Ledger:Checking:PerTransfr",
        "Ledger:Checking:PerTransfr is not a setting (did you mean PerTransfer?); there are PerDay, PerDeposit, PerTransfer."
    )]
    [InlineData("Notifications:Smtp:Colour", "Notifications:Smtp:Colour is not a setting; there are Encrypt, ")]
    [InlineData("Notifications:Sns:Regoin", "Notifications:Sns:Regoin is not a setting (did you mean Region?); there are AccessKey, ")]
    [InlineData("Identity:FirstAdmin:Token", "Identity:FirstAdmin:Token is not a setting; there are Email, SetupToken.")]
    [InlineData("Dynamo:MaxRetries:Most", "Dynamo:MaxRetries:Most is not a setting.")]
    [InlineData("Proxy:KnownProxies:0:Address", "Proxy:KnownProxies:0:Address is not a setting.")]
    [InlineData("Monitor:LastHour", "Monitor:LastHour is not a setting; there are ")]
    [InlineData("Dynamo:EffectiveDataFolder", "Dynamo:EffectiveDataFolder is not a setting")]
    public void ValidateOptions_AnUnknownKeyInside_IsRefusedByItsFullName(string key, string expected) =>
        Assert.StartsWith(expected, Assert.Single(ErrorsIn((key, "1"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Ledger:MaxTries", "many", "cannot be read as a whole number.")]
    [InlineData("Ledger:SecondFactorFrom", "much", "cannot be read as a number.")]
    [InlineData("Ledger:Checking:PerDay", "much", "cannot be read as a number.")]
    [InlineData("Ledger:Savings:PerDay", "1", "must be between 5000 and 1000000000, but is 1.")]
    [InlineData("Ledger:TimeZone", "Mars/Olympus", "must be the name of a time zone, such as America/New_York.")]
    [InlineData("Ledger:Checking", "10", "is a group of settings and has no value of its own.")]
    [InlineData("Demo:HistoryDays", "-1", "must be between 0 and 1095, but is -1.")]
    [InlineData("Demo:Enabled", "perhaps", "cannot be read as true or false.")]
    [InlineData("Dynamo:Mode", "Cloud", "must be one of Embedded, Endpoint, Aws.")]
    [InlineData("Notifications:Mode", "Pigeon", "must be one of Off, Endpoint, Aws.")]
    [InlineData("Dynamo:RetryMode", "Never", "must be one of Standard, Adaptive.")]
    [InlineData("Dynamo:ConnectTimeout", "soon", "cannot be read as a duration (for example 00:00:05).")]
    [InlineData("Fraud:Budget", "00:01:00", "must be between 00:00:00.0010000 and 00:00:30, but is 00:01:00.")]
    [InlineData("Sessions:CustomerIdle", "1.00:00:00", "must be between 00:00:01 and CustomerAbsolute (02:00:00), but is 1.00:00:00.")]
    [InlineData("Sessions:Poll", "often", "cannot be read as a duration (for example 00:00:05).")]
    [InlineData("Shell:DefaultCulture", "xx-XX", "must be one of ")]
    [InlineData("Shell:AllowedOrigins", "https://bank.example", "is a list: its values need numbers behind the key, from :0 on.")]
    [InlineData("Shell:AllowedOrigins:0", "bank", "must be scheme and host only")]
    [InlineData("Proxy:KnownProxies:0", "proxy", "has 'proxy', which is not an IP address.")]
    [InlineData("Identity:FirstAdmin:Email", "nobody", "is not an e-mail address.")]
    public void ValidateOptions_ABadValue_NamesItsFullKeyOnce(string key, string value, string expected)
    {
        var error = Assert.Single(ErrorsIn((key, value)));

        Assert.StartsWith($"{key} {expected}", error, StringComparison.Ordinal);
        Assert.Equal(2, error.Split(key + " ").Length);
    }

    [Fact]
    public void ValidateOptions_ErrorsOfSeveralKinds_AreReportedTogether()
    {
        var errors = ErrorsIn(
            ("Ledger:MaxTries", "many"),
            ("Sessions:Pol", "00:00:03"),
            ("Shell:TimeZone", "nowhere"),
            ("Notifications:Smtp:Port", "x")
        );

        Assert.Equal(
            ["Ledger:MaxTries", "Notifications:Smtp:Port", "Sessions:Pol", "Shell:TimeZone"],
            errors.Select(error => error.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ValidateOptions_KeysInAnotherCase_AreTheSameSettings() => Assert.Empty(ErrorsIn(("ledger:checking:perday", "20000")));

    private static IReadOnlyList<string> ErrorsIn(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddHosting();
        builder.Services.AddDynamo();
        builder.Services.AddNotificationsFeature();
        builder.Services.AddIdentityFeature(builder.Environment);
        builder.Services.AddLedgerFeature();
        builder.Services.AddAnalytics();
        builder.Services.AddProductsFeature();
        builder.Services.AddStatements();
        builder.Services.AddScheduling();
        builder.Services.AddFraudFeature(builder.Environment);
        builder.Services.AddDemoFeature(builder.Configuration, builder.Environment);
        using var services = builder.Services.BuildServiceProvider();
        try
        {
            services.ValidateOptions();
            return [];
        }
        catch (OptionsValidationException refusal)
        {
            return [.. refusal.Failures];
        }
    }
}
