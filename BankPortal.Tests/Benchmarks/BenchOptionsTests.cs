using BankPortal.Bench;

namespace BankPortal.Tests.Benchmarks;

/// <summary>The command line of the benchmarks.</summary>
[UnitTest]
public sealed class BenchOptionsTests
{
    [Fact]
    public void Parse_ALedgerRun_TakesWhatIsGiven()
    {
        var options = BenchOptions.Parse(["ledger", "--workers", "1,8", "--rounds", "3", "--accounts", "40", "--json", "out.json"]);

        Assert.True(options is { Ledger: true, Crowds: false, Pages: false, Costs: false, Rounds: 3, Accounts: 40, JsonFile: "out.json" });
        Assert.Equal([1, 8], options.Workers);
    }

    [Fact]
    public void Parse_Details_TakesNoValue()
    {
        Assert.True(
            BenchOptions.Parse(["costs", "--details", "--json", "out.json"]) is { Costs: true, Details: true, JsonFile: "out.json" }
        );
        Assert.True(BenchOptions.Parse(["costs", "--json", "out.json", "--details"]) is { Details: true });
        Assert.False(BenchOptions.Parse(["costs"]).Details);
    }

    [Fact]
    public void Parse_Circuits_TakesPagesAndNumbers()
    {
        var options = BenchOptions.Parse(["circuits", "--pages", "/a,/b", "--circuits", "20", "--crowd", "0"]);

        Assert.True(options is { Circuits: true, Watch: false, CircuitCount: 20, Crowd: 0 });
        Assert.Equal(["/a", "/b"], options.CircuitPages);
        Assert.Contains("/account/dashboard", BenchOptions.Parse(["circuits"]).CircuitPages);
    }

    [Theory]
    [InlineData]
    [InlineData("nothing")]
    [InlineData("ledger", "--rounds")]
    [InlineData("ledger", "--rounds", "2")]
    [InlineData("ledger", "--workers", "0")]
    [InlineData("ledger", "--workers", "64", "--accounts", "100")]
    [InlineData("ledger", "--speed", "11")]
    public void Parse_WhatCannotBeUnderstood_SaysSo(params string[] arguments) =>
        Assert.Throws<FormatException>(() => BenchOptions.Parse(arguments));
}
