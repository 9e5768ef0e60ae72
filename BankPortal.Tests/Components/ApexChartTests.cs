using System.Text.Json.Nodes;
using BankPortal.Web.Components.Charts;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class ApexChartTests : BunitContext
{
    private const string Module = "./js/chart.js";

    public ApexChartTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        Services.AddOptions<ShellOptions>();
        Services.AddScoped<UserTimeZone>();
    }

    [Fact]
    public void ApexChart_Rendered_SendsSeriesAndOptions()
    {
        var module = JSInterop.SetupModule(Module);
        var drawing = module.SetupModule(invocation => invocation.Identifier == "create");
        drawing.SetupVoid("update", _ => true).SetVoidResult();

        RenderChart([new(new DateOnly(2026, 3, 1), 12.5m), new(new DateOnly(2026, 3, 2), null)]);

        var model = JsonNode.Parse((string)module.VerifyInvoke("create").Arguments[1]!)!;
        Assert.Equal(
            """[{"name":"Balance","data":[{"x":1772323200000,"y":12.5},{"x":1772409600000,"y":null}]}]""",
            model["series"]!.ToJsonString()
        );
        Assert.Equal("area", model["options"]!["chart"]!["type"]!.GetValue<string>());
        Assert.Equal("datetime", model["options"]!["xaxis"]!["type"]!.GetValue<string>());
        Assert.Equal("""{"culture":"en-US","unit":"money","currency":"USD","decimals":2,"dates":true}""", model["format"]!.ToJsonString());
    }

    [Fact]
    public void ApexChart_RenderedAgainWithTheSameData_SendsNothing()
    {
        var module = JSInterop.SetupModule(Module);
        var drawing = module.SetupModule(invocation => invocation.Identifier == "create");
        drawing.SetupVoid("update", _ => true).SetVoidResult();
        var chart = RenderChart([new(new DateOnly(2026, 3, 1), 1)]);

        chart.Render();

        Assert.Empty(drawing.Invocations["update"]);
    }

    [Fact]
    public async Task UpdateSeries_WhileOneIsOnItsWay_SendsOneMoreWithTheLatest()
    {
        var module = JSInterop.SetupModule(Module);
        var drawing = module.SetupModule(invocation => invocation.Identifier == "create");
        var update = drawing.SetupVoid("update", _ => true);
        var days = new List<Day> { new(new DateOnly(2026, 3, 1), 1) };
        var chart = RenderChart(days);

        var updates = new List<Task>();
        for (var i = 2; i <= 10; i++)
        {
            days.Add(new Day(new DateOnly(2026, 3, i), i));
            updates.Add(chart.InvokeAsync(chart.Instance.UpdateSeriesAsync));
        }

        Assert.Single(drawing.Invocations["update"]);
        update.SetVoidResult();
        await Task.WhenAll(updates);

        chart.WaitForAssertion(() => Assert.Equal(2, drawing.Invocations["update"].Count));
        var last = JsonNode.Parse((string)drawing.Invocations["update"][1].Arguments[0]!)!;
        Assert.Equal(10, last["series"]![0]!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task UpdateSeries_OfALiveChart_SendsOnlyWhatIsNew()
    {
        var module = JSInterop.SetupModule(Module);
        var drawing = module.SetupModule(invocation => invocation.Identifier == "create");
        drawing.SetupVoid("extend", _ => true).SetVoidResult();
        var days = new List<Day> { new(new DateOnly(2026, 3, 1), 1), new(new DateOnly(2026, 3, 2), 2) };
        var chart = RenderChart(days, live: true);

        await chart.InvokeAsync(chart.Instance.UpdateSeriesAsync);
        days.RemoveAt(0);
        days.Add(new Day(new DateOnly(2026, 3, 3), 3));
        await chart.InvokeAsync(chart.Instance.UpdateSeriesAsync);

        var change = JsonNode.Parse((string)Assert.Single(drawing.Invocations["extend"]).Arguments[0]!)!;
        Assert.Equal("""{"dropped":1,"kept":1,"tails":[[{"x":1772496000000,"y":3}]]}""", change.ToJsonString());
        Assert.Empty(drawing.Invocations["update"]);
    }

    [Fact]
    public async Task UpdateSeries_OfALiveChartShownAsTable_ShowsTheNewFigures()
    {
        JSInterop.SetupModule(Module).SetupModule(invocation => invocation.Identifier == "create");
        var days = new List<Day> { new(new DateOnly(2026, 3, 1), 1) };
        var chart = RenderChart(days, live: true);
        chart.Find(".chart-toggle").Click();

        days.Add(new Day(new DateOnly(2026, 3, 2), 2));
        await chart.InvokeAsync(chart.Instance.UpdateSeriesAsync);

        Assert.Equal(["$1.00", "$2.00"], chart.FindAll("tbody td").Select(cell => cell.TextContent));
    }

    [Fact]
    public void ApexChart_ShownAsTable_HasTheSameFiguresInTheReadersFormat()
    {
        JSInterop
            .SetupModule(Module)
            .SetupModule(invocation => invocation.Identifier == "create")
            .SetupVoid("update", _ => true)
            .SetVoidResult();
        var chart = RenderChart([new(new DateOnly(2026, 3, 1), 1234.5m), new(new DateOnly(2026, 3, 2), -3)]);

        chart.Find(".chart-toggle").Click();

        Assert.Equal("true", chart.Find(".chart-toggle").GetAttribute("aria-pressed"));
        Assert.Equal(["Mar 1, 2026", "Mar 2, 2026"], chart.FindAll("tbody th").Select(cell => cell.TextContent));
        Assert.Equal(["$1,234.50", "−$3.00"], chart.FindAll("tbody td").Select(cell => cell.TextContent));
    }

    [Fact]
    public void ApexChart_ForThoseWhoDoNotSeeIt_SaysWhatItShows()
    {
        JSInterop.SetupModule(Module).SetupModule(invocation => invocation.Identifier == "create");

        var chart = RenderChart([new(new DateOnly(2026, 3, 1), 1)]);

        var canvas = chart.Find("[role=img]");
        Assert.Equal("It rose.", canvas.GetAttribute("aria-label"));
    }

    [Fact]
    public void ApexChart_WithLinks_HasThemInItsTable()
    {
        JSInterop.SetupModule(Module).SetupModule(invocation => invocation.Identifier == "create");
        var chart = RenderChart(
            [new(new DateOnly(2026, 3, 1), 1), new(new DateOnly(2026, 3, 2), 2)], link: day => day.Date.Day == 1 ? "/transactions/history?q=1" : null);

        chart.Find(".chart-toggle").Click();

        Assert.Equal("/transactions/history?q=1", chart.Find("tbody tr:first-child a").GetAttribute("href"));
        Assert.Single(chart.FindAll("tbody a"));
    }

    private IRenderedComponent<ApexChart<Day>> RenderChart(IEnumerable<Day> days, bool live = false, Func<Day, string?>? link = null)
    {
        var options = new ApexChartOptions
        {
            Xaxis = { Type = XAxisType.Datetime },
            Yaxis = { Unit = ChartUnit.Money, Currency = Currency.Usd },
        };
        return Render<ApexChart<Day>>(parameters =>
            parameters
                .Add(p => p.Title, "Balance")
                .Add(p => p.Summary, "It rose.")
                .Add(p => p.Options, options)
                .Add(p => p.Live, live)
                .AddChildContent<ApexPointSeries<Day>>(series =>
                    series
                        .Add(p => p.Items, days)
                        .Add(p => p.Name, "Balance")
                        .Add(p => p.XValue, day => day.Date)
                        .Add(p => p.YValue, day => day.Value)
                        .Add(p => p.Link, link)
                        .Add(p => p.SeriesType, SeriesType.Area)
                )
        );
    }

    private sealed record Day(DateOnly Date, decimal? Value);
}
