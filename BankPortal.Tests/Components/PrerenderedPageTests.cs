using BankPortal.Web.Components.Controls;
using BankPortal.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace BankPortal.Tests.Components;

/// <summary>The first response has the content, and the circuit takes it over without reading again.</summary>
public sealed class PrerenderedPageTests : BankPageContext
{
    private readonly Source _source = new();

    private HandOverStore Store => Services.GetRequiredService<HandOverStore>();

    [Fact]
    public async Task FirstResponse_LiveSession_HasTheContentAndTheCircuitReadsNothing()
    {
        await PrerenderAsync("read 1");

        var page = RenderInCircuit();

        Assert.Equal("read 1", page.Find("p").TextContent);
        Assert.Equal(1, _source.Reads);
        Assert.Equal(0, Store.Count);
        Assert.Equal(1, page.RenderCount); // no skeleton in between
    }

    [Fact]
    public async Task FirstResponse_ItsState_HasATokenAndNothingElse()
    {
        await PrerenderAsync("read 1");

        Assert.True(Persisted.TryTake<string>("hand-over:Sample", out var token));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
    }

    [Fact]
    public async Task Circuit_OpenedTwice_ReadsTheSecondTime()
    {
        await PrerenderAsync("read 1");
        Persisted.TryTake<string>("hand-over:Sample", out var token);
        Persisted.Persist("hand-over:Sample", token);
        RenderInCircuit();
        Persisted.Persist("hand-over:Sample", token);

        Assert.Equal("read 2", RenderInCircuit().Find("p").TextContent);
    }

    [Fact]
    public async Task Circuit_OfAnotherPerson_ReadsItsOwn()
    {
        await PrerenderAsync("read 1");

        SignInStaff("cleo", "Cleo", BankRoles.Customer);

        Assert.Equal("read 2", RenderInCircuit().Find("p").TextContent);
        Assert.Equal(["ann", "cleo"], _source.Readers);
    }

    [Fact]
    public async Task Circuit_OfAnotherSession_ReadsAgain()
    {
        await PrerenderAsync("read 1");

        SignInAnnAgain();

        Assert.Equal("read 2", RenderInCircuit().Find("p").TextContent);
    }

    [Fact]
    public async Task Circuit_AtAnotherAddress_ReadsAgain()
    {
        await PrerenderAsync("read 1");

        Navigation.NavigateTo("/somewhere?else=1");

        Assert.Equal("read 2", RenderInCircuit().Find("p").TextContent);
    }

    [Fact]
    public async Task Circuit_TooLate_ReadsAgain()
    {
        await PrerenderAsync("read 1");

        Bank.Time.Advance(HandOverStore.Life);

        Assert.Equal("read 2", RenderInCircuit().Find("p").TextContent);
    }

    [Fact]
    public async Task Change_BeforeTheCircuit_IsReadWhenItTakesOver()
    {
        await PrerenderAsync("read 1");
        _source.Change();

        var page = RenderInCircuit();

        page.WaitForAssertion(() => Assert.Equal("read 2", page.Find("p").TextContent));
    }

    [Fact]
    public async Task Change_AfterTheTakeOver_IsFollowedUntilThePageIsLeft()
    {
        await PrerenderAsync("read 1");
        var page = RenderInCircuit();

        _source.Change();
        page.WaitForAssertion(() => Assert.Equal("read 2", page.Find("p").TextContent));

        await DisposeComponentsAsync();
        Assert.Equal(0, _source.Watchers);
    }

    [Fact]
    public void Change_WhileTheCircuitReads_IsReadAfterwards()
    {
        var reading = _source.Wait();
        var page = RenderInCircuit();
        _source.Change();

        reading.SetResult();

        page.WaitForAssertion(() => Assert.Equal("read 2", page.Find("p").TextContent));
    }

    [Fact]
    public async Task FirstResponse_ReadingFails_IsTheSkeletonAndTheCircuitReads()
    {
        _source.Fault = new InvalidOperationException("out of order");

        await PrerenderAsync(null);
        Assert.Equal(0, Store.Count);
        Assert.Equal(0, _source.Watchers);

        _source.Fault = null;
        Assert.Equal("read 2", RenderInCircuit().Find("p").TextContent);
    }

    [Fact]
    public async Task FirstResponse_ReadingTakesTooLong_IsTheSkeleton()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        _source.Wait();
        var page = RenderSample();

        Bank.Time.Advance(TimeSpan.FromSeconds(2));

        page.Find(".skeleton");
        Persisted.TriggerOnPersisting();
        await DisposeComponentsAsync();
        Assert.False(Persisted.TryTake<string>("hand-over:Sample", out _));
        Assert.Equal(0, _source.Watchers);
    }

    [Fact]
    public async Task FirstResponse_SessionOver_ReadsNothing()
    {
        EndSession();

        await PrerenderAsync(null);

        Assert.Equal(0, _source.Reads);
    }

    [Fact]
    public async Task Circuit_SessionEndedMeanwhile_TakesTheContentAway()
    {
        await PrerenderAsync("read 1");
        EndSession();

        var page = RenderInCircuit();

        page.Find(".skeleton");
        Assert.DoesNotContain("read", page.Markup, StringComparison.Ordinal);
        Assert.Equal(1, _source.Reads);
    }

    private async Task PrerenderAsync(string? expected)
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        var page = RenderSample();
        Assert.Equal(expected, page.FindAll("p").SingleOrDefault()?.TextContent);
        Assert.Equal(expected is null, page.FindAll(".skeleton").Count > 0);
        Persisted.TriggerOnPersisting();
        await DisposeComponentsAsync();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private IRenderedComponent<Sample> RenderInCircuit() => RenderSample();

    private IRenderedComponent<Sample> RenderSample() => Render<Sample>(parameters => parameters.Add(page => page.Source, _source));

    /// <summary>What the page reads and follows.</summary>
    private sealed class Source
    {
        private readonly List<Action> _watchers = [];
        private TaskCompletionSource? _waiting;

        public int Reads { get; private set; }

        public List<string> Readers { get; } = [];

        public int Watchers => _watchers.Count;

        public Exception? Fault { get; set; }

        public TaskCompletionSource Wait() => _waiting = new TaskCompletionSource();

        public async Task<string> ReadAsync(Actor actor, CancellationToken ct)
        {
            Readers.Add(actor.UserId);
            var text = $"read {++Reads}";
            if (_waiting is { } waiting)
            {
                await waiting.Task.WaitAsync(ct);
            }

            return Fault is null ? text : throw Fault;
        }

        public void Change() => _watchers.ToList().ForEach(watcher => watcher());

        public IDisposable Watch(Action changed)
        {
            _watchers.Add(changed);
            return new Watching(() => _watchers.Remove(changed));
        }

        private sealed class Watching(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }

    private sealed class Sample : PrerenderedPage<string>
    {
        private string _text = "";

        [Parameter] public Source Source { get; set; } = new();

        protected override Task<string> ReadAsync(Actor actor, CancellationToken ct) => Source.ReadAsync(actor, ct);

        protected override void Show(string content) => _text = content;

        protected override IDisposable Follow(string userId, Action changed) => Source.Watch(changed);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Loadable>(0);
            builder.AddAttribute(1, nameof(Loadable.State), State);
            builder.AddAttribute(2, nameof(Loadable.Reference), FaultReference);
            builder.AddAttribute(3, nameof(Loadable.ChildContent), (RenderFragment)(content =>
            {
                content.OpenElement(0, "p");
                content.AddContent(1, _text);
                content.CloseElement();
            }));
            builder.CloseComponent();
        }
    }
}
