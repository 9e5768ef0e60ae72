using System.CommandLine;
using BankPortal.Bench;

namespace BankPortal.Tests.Benchmarks;

/// <summary>The command line of the benchmarks.</summary>
[UnitTest]
public sealed class BenchOptionsTests
{
    [Fact]
    public void Read_ALedgerRun_TakesWhatIsGiven()
    {
        var options = Options("ledger", "--workers", "1,8", "--rounds=3", "--accounts", "40", "--json", "out.json");

        Assert.True(options is { Rounds: 3, Seconds: 1, Accounts: 40, JsonFile: "out.json" });
        Assert.Equal([1, 8], options.Workers);
    }

    [Fact]
    public void Read_NothingGiven_TakesTheDefaultsOfTheCommand()
    {
        Assert.True(Options("ledger") is { Rounds: 5, Accounts: 200, Workers: [1, 16], JsonFile: null });
        Assert.True(Options("pages") is { Rounds: 7, Entries: 100_000 });
        Assert.True(Options("reports") is { Rounds: 7, IsSmall: false });
        Assert.True(Options("reports", "--scale", "small").IsSmall);
        Assert.True(Options("all") is { Rounds: 7, Entries: 100_000, Rules: 50, Latency: 0, Workers: [1, 16] });
        Assert.True(Options("watchers") is { Page: "/fraud/live", PerSecond: 5, Watchers: [1, 100, 500] });
        Assert.True(Options("signins") is { Rounds: 3, People: 200 });
        Assert.True(Options("simulate") is { Seed: 1, Customers: 120, Schemes: 10 });
    }

    [Fact]
    public void Read_Details_TakesNoValue()
    {
        Assert.True(Options("costs", "--details", "--json", "out.json") is { Details: true, JsonFile: "out.json" });
        Assert.True(Options("costs", "--json", "out.json", "--details") is { Details: true });
        Assert.False(Options("costs").Details);
    }

    [Fact]
    public void Read_Circuits_TakesPagesAndNumbers()
    {
        var options = Options("circuits", "--pages", "/a,/b", "--circuits", "20", "--crowd", "0");

        Assert.True(options is { CircuitCount: 20, Crowd: 0 });
        Assert.Equal(["/a", "/b"], options.CircuitPages);
        Assert.Contains("/account/dashboard", Options("circuits").CircuitPages);
    }

    [Theory]
    [InlineData("Name what to measure")]
    [InlineData("'nothing'", "nothing")]
    [InlineData("'--rounds'", "ledger", "--rounds")]
    [InlineData("--rounds: '2' is not a number from 3 to 1000.", "ledger", "--rounds", "2")]
    [InlineData("--workers: '0' is not a number from 1 to 256.", "ledger", "--workers", "0")]
    [InlineData("--workers: '' is not a number from 1 to 256.", "ledger", "--workers", "1,")]
    [InlineData("two --accounts for each of the --workers", "ledger", "--workers", "64", "--accounts", "100")]
    [InlineData("two --accounts for each of the --workers", "all", "--workers", "101")]
    [InlineData("two --accounts for each of the --workers", "ledger", "--accounts", "20")]
    [InlineData("--accounts: 'x' is not a number from 2 to 100000.", "ledger", "--workers", "64", "--accounts", "x")]
    [InlineData("--scale takes full or small.", "reports", "--scale", "medium")]
    [InlineData("'--speed'", "ledger", "--speed", "11")]
    [InlineData("--minutes: '0' is not", "faults", "--minutes", "0")]
    [InlineData("--threshold: 'much' is not", "compare", "a", "b", "--threshold", "much")]
    public void Read_WhatCannotBeUnderstood_SaysSo(string says, params string[] arguments) =>
        Assert.Contains(
            BenchCommand.Read(arguments).Errors, error => error.Message.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData("pages", "--watchers", "1")]
    [InlineData("costs", "--rounds", "5")]
    [InlineData("faults", "--json", "out.json")]
    public void Read_OptionOfAnotherCommand_IsRefused(params string[] arguments) =>
        Assert.NotEmpty(BenchCommand.Read(arguments).Errors);

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("-h")]
    public void Help_OfAll_ListsTheCommandsButNotTheInternalOne(string argument)
    {
        var help = Invoke(argument);

        Assert.All(
            ["ledger", "crowds", "import", "witness", "scoring", "pages", "costs", "frames", "watchers", "circuits", "signins", "simulate", "all", "faults", "compare"],
            command => Assert.Matches($"(?m)^  {command} ", help));
        Assert.DoesNotContain("fault-process", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_OfACommand_HasItsOptionsWithTheirDefaults()
    {
        var help = Invoke("ledger", "--help");

        Assert.Matches(@"--workers <N,N> .*\[default: 1,16\]", help);
        Assert.DoesNotContain("--watchers", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MisspeltCommand_SuggestsTheRightOne() => Assert.Contains("Did you mean", Invoke("ledgr"), StringComparison.Ordinal);

    private static BenchOptions Options(params string[] arguments)
    {
        var call = BenchCommand.Read(arguments);
        Assert.Empty(call.Errors);
        return new BenchOptions(call);
    }

    private static string Invoke(params string[] arguments)
    {
        using var output = new StringWriter();
        BenchCommand.Read(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return output.ToString();
    }
}
