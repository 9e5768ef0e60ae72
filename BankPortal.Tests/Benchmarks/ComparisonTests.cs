using System.Text.Json;
using BankPortal.Bench;

namespace BankPortal.Tests.Benchmarks;

/// <summary>Two runs of the benchmarks beside each other.</summary>
[UnitTest]
public sealed class ComparisonTests
{
    [Theory]
    [InlineData(true, 100, 89, "WORSE")]
    [InlineData(true, 100, 91, "")]
    [InlineData(true, 100, 109, "")]
    [InlineData(true, 100, 111, "better")]
    [InlineData(false, 100, 111, "WORSE")]
    [InlineData(false, 100, 109, "")]
    [InlineData(false, 100, 89, "better")]
    [InlineData(false, 0, 0, "")]
    [InlineData(false, 0, 1, "WORSE")]
    [InlineData(true, 0, 1, "better")]
    public void Compare_AFigureThatChanged_IsMarkedFromTheThresholdOn(bool moreIsBetter, double before, double after, string verdict)
    {
        var row = Assert.Single(Comparison.Compare([new("a", before, moreIsBetter)], [new("a", after, moreIsBetter)], 0.1));

        Assert.Equal(verdict, row.Verdict);
        Assert.Equal(before == after ? 1 : after / before, row.Ratio);
    }

    [Fact]
    public void Compare_FiguresOfOneRunOnly_AreLeftOut()
    {
        var rows = Comparison.Compare([new("a", 1, true), new("b", 1, true)], [new("b", 2, true), new("c", 3, true)], 0.1);

        Assert.Equal(["b"], rows.Select(row => row.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"figures":[]}""")]
    [InlineData("""{"figures":[{"name":"a","value":1,"moreIsBetter":true},{"name":"a","value":2,"moreIsBetter":true}]}""")]
    public void Parse_WhatIsNoRun_IsNothing(string json) => Assert.Null(Comparison.Parse(json));

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        var figures = new Figures();
        figures.More("speed", 12.5);
        figures.Less("time", double.PositiveInfinity);

        var run = Comparison.Parse(JsonSerializer.Serialize(new { cores = 2, runtime = ".NET", figures = figures.All }, BenchCommand.Json));

        Assert.NotNull(run);
        Assert.Equal((2, ".NET"), (run.Cores, run.Runtime));
        Assert.Equal(figures.All, run.Figures);
    }

    [Fact]
    public async Task Compare_TwoFiles_TellsByTheExitCode()
    {
        var folder = Directory.CreateTempSubdirectory("bankportal-compare-").FullName;
        try
        {
            var (slow, fast) = (Path.Combine(folder, "slow.json"), Path.Combine(folder, "fast.json"));
            await File.WriteAllTextAsync(
                slow,
                """{"cores":2,"figures":[{"name":"speed","value":100,"moreIsBetter":true}]}""",
                TestContext.Current.CancellationToken
            );
            await File.WriteAllTextAsync(
                fast,
                """{"cores":2,"figures":[{"name":"speed","value":150,"moreIsBetter":true}]}""",
                TestContext.Current.CancellationToken
            );

            Assert.Equal(0, await BenchCommand.RunAsync(["compare", slow, fast]));
            Assert.Equal(1, await BenchCommand.RunAsync(["compare", fast, slow]));
            Assert.Equal(0, await BenchCommand.RunAsync(["compare", fast, slow, "--threshold", "40"]));
            Assert.Equal(2, await BenchCommand.RunAsync(["compare", fast]));
            Assert.Equal(2, await BenchCommand.RunAsync(["compare", fast, slow, "--threshold", "much"]));
            Assert.Equal(2, await BenchCommand.RunAsync(["compare", fast, Path.Combine(folder, "none.json")]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
