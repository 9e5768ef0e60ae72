using BankPortal.Bench.Costs;

namespace BankPortal.Tests.Costs;

/// <summary>Measures the DynamoDB requests of the portal's operations against docs/costs.md, so that growth is noticed.</summary>
[UnitTest]
public sealed class DocumentedCostsTests
{
    [Fact]
    public async Task Costs_OfEveryOperation_AreAsDocumented()
    {
        var costs = await CostBench.MeasureAllAsync();

        var documented = (
            await File.ReadAllLinesAsync(Path.Combine(RepositoryPaths.Root, "docs", "costs.md"), TestContext.Current.CancellationToken)
        )
            .SkipWhile(line => line != CostBench.MarkdownHeading)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(WithoutTrips);

        // How many of the requests wait for one another is left out: those that may overlap do not always on a busy machine.
        Assert.Equal(costs.Select(cost => WithoutTrips(CostBench.ToMarkdown(cost))), documented);
    }

    [Fact]
    public async Task Costs_WhereTheEngineCounts_AreAsTheEngineCountsThem()
    {
        var requests = (await CostBench.MeasureAllAsync()).SelectMany(cost => cost.Details).ToList();

        Assert.All(requests.Where(request => request.Reported is not null), request =>
            Assert.Equal(request.Reported, request.Computed.Read + request.Computed.Write)
        );
        Assert.True(requests.Count(request => request.Reported is null) <= 1, "The engine leaves more out than it did.");
    }

    private static string WithoutTrips(string row) =>
        string.Join(
            '|',
            row.Split('|').Where((_, column) => column != 3).Select(cell => cell.Trim().ToString(CultureInfo.InvariantCulture))
        );
}
