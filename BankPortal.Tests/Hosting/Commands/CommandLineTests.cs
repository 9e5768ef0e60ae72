using BankPortal.Web.Hosting.Commands;

namespace BankPortal.Tests.Hosting.Commands;

/// <summary>What of the portal's command line is for a command, and what for the host.</summary>
[UnitTest]
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("verify-ledger", "--Dynamo:Mode=Endpoint", "--urls=http://localhost:5090")]
    [InlineData("verify-ledger", "--Dynamo:Mode", "Endpoint", "--URLS", "http://localhost:5090")]
    [InlineData("--Dynamo:TablePrefix", "import", "verify-ledger")]
    [InlineData("--environment=Development", "verify-ledger")]
    [InlineData("--http_ports", "8080", "verify-ledger")]
    [InlineData("--HTTPS_PORT=5443", "--AllowedHosts", "*", "verify-ledger")]
    [InlineData("--urls", "http://localhost:5090", "verify-ledger", "--Dynamo:Mode=Aws")]
    public void Settings_BesideACommand_AreLeftToTheHost(params string[] arguments)
    {
        var line = Line(arguments);

        Assert.False(line.EndsAtOnce);
        Assert.Equal(arguments.Where(argument => argument != "verify-ledger"), line.Settings);
    }

    [Fact]
    public void Settings_OfACommandWithArguments_HasNoneOfThem() =>
        Assert.Equal(
            ["--Dynamo:Mode=Aws"],
            Line("import", "/data/old bank.csv", "--source", "old bank", "--Dynamo:Mode=Aws", "--dry-run").Settings);

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://localhost:5090")]
    [InlineData("--Dynamo:Mode", "Endpoint", "--http_ports", "8080")]
    [InlineData("--https_port=5443", "--AllowedHosts", "*")]
    [InlineData("--environment=Development", "--Dynamo=", "--Some_thing=of the host under test")]
    public void Settings_WithoutACommand_AreAllArguments(params string[] arguments)
    {
        var line = Line(arguments);

        Assert.False(line.EndsAtOnce);
        Assert.Equal(arguments, line.Settings);
    }

    [Theory]
    [InlineData("make-money")]
    [InlineData("verify-ledger", "now")]
    [InlineData("rebuild-days", "now")]
    [InlineData("verify-ledger", "--dry-run")]
    [InlineData("--urls", "http://localhost:5090", "verify-leger")]
    [InlineData("--http_ports", "8080", "verify-leger")]
    [InlineData("--http_ports", "8080", "--help")]
    [InlineData("--urls=http://localhost:5090", "-h")]
    [InlineData("--verify-ledger")]
    [InlineData("--colour", "mauve")]
    [InlineData("--url", "http://localhost:5090")]
    [InlineData("--enviroment=Development")]
    [InlineData("--urls")]
    [InlineData("--Dynamo:Mode", "--urls=http://localhost:5090")]
    [InlineData("verify-ledger", "--Dynamo:Mode")]
    [InlineData("import")]
    [InlineData("import", "")]
    [InlineData("import", "a.csv", "b.csv")]
    [InlineData("import", "a.csv", "--source", "")]
    [InlineData("import", "a.csv", "--source", "123456789012345678901234567890123456789012345678901")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("help", "import")]
    [InlineData("import", "--help", "--Dynamo:Mode=Aws")]
    [InlineData("--version")]
    public void EndsAtOnce_ErrorsOrHelp_BuildsNothing(params string[] arguments) => Assert.True(Line(arguments).EndsAtOnce);

    private static CommandLine Line(params string[] arguments) =>
        new CommandLine(arguments).Add<ImportCommand>().Add<RebuildDaysCommand>().Add<VerifyLedgerCommand>();
}
