using BankPortal.Web.Components.Controls;
using BankPortal.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Logging;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class InteractivePageTests : BunitContext
{
    public InteractivePageTests() =>
        Services.AddSingleton(new DataWatch(_ => Task.CompletedTask, new ManualTime(), NullLogger<DataWatch>.Instance));

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

    [Fact]
    public async Task RunAsync_ActionFails_GivesAnErrorWithAReferenceThatIsLogged()
    {
        var log = Logged();
        var page = RenderInteractive();

        var error = await page.InvokeAsync(() => page.Instance.DoAsync(() => throw new InvalidOperationException("out of order")));

        var fault = Assert.IsType<UnexpectedError>(error);
        Assert.Contains(log.Lines, line =>
            line.StartsWith("Error:", StringComparison.Ordinal) && line.Contains(fault.Reference, StringComparison.Ordinal)
        );
        Assert.Equal("read 1", page.Find("p").TextContent);
    }

    [Fact]
    public async Task RunAsync_Refused_GivesTheRefusalAndSkipsWhatFollowsSuccess()
    {
        var page = RenderInteractive();
        var done = new List<string>();

        var refused = await page.InvokeAsync(() => page.Instance.DoAsync(new NotFoundError("account"), done));
        var accepted = await page.InvokeAsync(() => page.Instance.DoAsync("yes", done));

        Assert.IsType<NotFoundError>(refused);
        Assert.Null(accepted);
        Assert.Equal(["yes"], done);
    }

    [Fact]
    public async Task RunAsync_SessionOverOrPersonLeft_ShowsNothing()
    {
        var page = RenderInteractive();

        Assert.Null(await page.InvokeAsync(() => page.Instance.DoAsync(() => throw new SessionOverException(SessionEndReason.Idle))));
        page.Instance.Dispose();
        Assert.Null(await page.InvokeAsync(() => page.Instance.DoAsync(() => throw new OperationCanceledException())));
    }

    [Fact]
    public async Task RunOnceAsync_SecondCallWhileTheFirstRuns_DoesNothing()
    {
        var page = RenderInteractive();
        var gate = new TaskCompletionSource();
        var runs = 0;

        var first = page.InvokeAsync(() => page.Instance.DoOnceAsync(() =>
        {
            runs++;
            return gate.Task;
        }));
        await page.InvokeAsync(() => page.Instance.DoOnceAsync(() =>
        {
            runs++;
            return Task.CompletedTask;
        }));
        Assert.True(page.Instance.Busy);
        gate.SetResult();
        await first;

        Assert.Equal(1, runs);
        Assert.False(page.Instance.Busy);
    }

    [Fact]
    public async Task RefreshAsync_ReadingFails_KeepsWhatIsShownAndRecovers()
    {
        var log = Logged();
        var page = RenderInteractive();

        await page.Instance.UpdateAsync(_ => throw new InvalidOperationException("out of order"));
        await page.Instance.UpdateAsync(_ => throw new InvalidOperationException("out of order"));

        Assert.True(page.Instance.Stale);
        Assert.Equal("read 1", page.Find("p").TextContent);
        var logged = log.Lines.Where(line => line.Contains("up to date", StringComparison.Ordinal));
        Assert.Equal(["Warning", "Debug"], logged.Select(line => line.Split(':')[0]));

        await page.Instance.UpdateAsync();

        Assert.False(page.Instance.Stale);
        Assert.Equal("read 2", page.Find("p").TextContent);
    }

    private IRenderedComponent<Sample> RenderInteractive()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<Sample>();
    }

    private ListLogger<Sample> Logged()
    {
        var log = new ListLogger<Sample>();
        Services.AddSingleton<ILoggerFactory>(new SingleLoggerFactory(log));
        return log;
    }

    private sealed class SingleLoggerFactory(ILogger logger) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => logger;

        public void Dispose()
        {
        }
    }

    private sealed class Sample : InteractivePage
    {
        public bool Busy => IsBusy;

        public bool Stale => IsStale;

        public Task<Error?> DoAsync(Func<Task> action) => RunAsync(action);

        public Task<Error?> DoAsync(Result<string> result, List<string> done) => RunAsync(
            () => Task.FromResult(result),
            value =>
            {
                done.Add(value);
                return Task.CompletedTask;
            });

        public Task<Error?> DoOnceAsync(Func<Task> action) => RunOnceAsync(action);

        public Task UpdateAsync(Func<CancellationToken, Task>? read = null) => RefreshAsync(read);

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
            builder.AddComponentParameter(
                4,
                nameof(Loadable.ChildContent),
                (RenderFragment)(content => content.AddMarkupContent(0, $"<p>read {Reads}</p>"))
            );
            builder.CloseComponent();
        }
    }
}
