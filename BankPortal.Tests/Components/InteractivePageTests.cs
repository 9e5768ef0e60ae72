using BankPortal.Web.Components.Controls;
using BankPortal.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class InteractivePageTests : BunitContext
{
    [Fact]
    public void InteractivePage_PrerenderedOnly_ReadsNothingAndShowsTheSkeleton()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = Render<Sample>();

        Assert.Equal(0, page.Instance.Reads);
        page.Find(".skeleton");
    }

    [Fact]
    public void InteractivePage_Interactive_ReadsOnceAndShowsTheData()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));

        var page = Render<Sample>();
        page.Render();

        Assert.Equal(1, page.Instance.Reads);
        Assert.Equal("read 1", page.Find("p").TextContent);
    }

    [Fact]
    public void InteractivePage_KeyChanged_ReadsAgain()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = Render<Sample>(parameters => parameters.Add(p => p.Id, "a"));

        page.Render(parameters => parameters.Add(p => p.Id, "b"));

        Assert.Equal(2, page.Instance.Reads);
    }

    [Fact]
    public void InteractivePage_ReadingFails_ShowsAReferenceAndTriesAgain()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = Render<Sample>(parameters => parameters.Add(p => p.FailFirst, true));
        Assert.Matches("^[2-9A-Z]{4}-[2-9A-Z]{4}$", page.Find(".reference strong").TextContent);
        Assert.DoesNotContain("out of order", page.Markup, StringComparison.Ordinal);

        page.FindAll("button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).Click();

        Assert.Equal("read 2", page.Find("p").TextContent);
    }

    [Fact]
    public async Task InvokeAsync_FromAThreadOfAnotherCulture_RunsWithTheReadersAndLeavesTheCallers()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var readers = CultureInfo.CurrentCulture;
        var page = Render<Sample>();
        var callers = CultureInfo.GetCultureInfo(readers.Name == "de-DE" ? "fr-FR" : "de-DE");

        var (seen, afterwards) = await Task.Run(async () =>
        {
            CultureInfo.CurrentCulture = callers;
            var culture = await page.Instance.CultureOfWorkAsync();
            return (culture, CultureInfo.CurrentCulture);
        });

        Assert.Equal(readers, seen);
        Assert.Equal(callers, afterwards);
    }

    private sealed class Sample : InteractivePage
    {
        public async Task<CultureInfo> CultureOfWorkAsync()
        {
            var seen = CultureInfo.InvariantCulture;
            await InvokeAsync(() => seen = CultureInfo.CurrentCulture);
            return seen;
        }

        public int Reads { get; private set; }

        [Parameter]
        public string? Id { get; set; }

        [Parameter]
        public bool FailFirst { get; set; }

        protected override object? LoadKey => Id;

        protected override Task LoadAsync(CancellationToken ct)
        {
            Reads++;
            return FailFirst && Reads == 1 ? throw new InvalidOperationException("out of order") : Task.CompletedTask;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Loadable>(0);
            builder.AddComponentParameter(1, nameof(Loadable.State), State);
            builder.AddComponentParameter(2, nameof(Loadable.Reference), FaultReference);
            builder.AddComponentParameter(3, nameof(Loadable.OnRetry), EventCallback.Factory.Create(this, RetryAsync));
            builder.AddComponentParameter(4, nameof(Loadable.ChildContent), (RenderFragment)(content => content.AddMarkupContent(0, $"<p>read {Reads}</p>")));
            builder.CloseComponent();
        }
    }
}
