using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.JSInterop;

namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class SessionGuardTests : BunitContext
{
    private readonly ManualTime _time = new();
    private readonly FakeSessions _sessions;
    private readonly SessionMonitor _monitor;
    private readonly CircuitSession _circuit;
    private readonly SessionProofs _proofs;
    private readonly BunitJSModuleInterop _module;

    public SessionGuardTests()
    {
        _sessions = new FakeSessions(_time);
        _monitor = new SessionMonitor(
            _sessions, _sessions, Options.Create(new SessionOptions()), _time, NullLogger<SessionMonitor>.Instance);
        var authentication = new SessionAuthenticationStateProvider();
        authentication.SetAuthenticationState(
            Task.FromResult(
                new AuthenticationState(
                    new ClaimsPrincipal(
                        new ClaimsIdentity(
                            [
                                new Claim(ClaimTypes.NameIdentifier, "u1"),
                                new Claim(BankClaims.SessionId, "s1"),
                                new Claim(ClaimTypes.Role, BankRoles.Customer),
                            ],
                            "test"
                        )
                    )
                )
            )
        );
        _proofs = new SessionProofs(new EphemeralDataProtectionProvider(), _time);
        _circuit = new CircuitSession(_monitor, _sessions, authentication, _proofs);
        Services.AddSingleton(_circuit);
        Services.AddSingleton(Options.Create(new SessionOptions()));
        Services.AddSingleton(Options.Create(new ShellOptions()));
        Services.AddScoped<UserTimeZone>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _module = JSInterop.SetupModule(call =>
            call.Arguments is [string path] && path.Contains("SessionGuard", StringComparison.Ordinal));
        _module.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Countdown_MinuteBeforeTheIdleEnd_AsksAndStaying_TakesItAway()
    {
        var guard = await OpenAsync();
        Assert.Empty(guard.FindAll("dialog"));

        await PassAsync(TimeSpan.FromMinutes(4));
        var dialog = guard.Find("dialog");
        Assert.Equal("alertdialog", dialog.GetAttribute("role"));
        Assert.NotNull(guard.Find("#" + dialog.GetAttribute("aria-labelledby")));
        Assert.NotNull(guard.Find("#" + dialog.GetAttribute("aria-describedby")));
        Assert.Equal("1:00", guard.Find(".session-dialog-clock").TextContent);
        Assert.Equal("true", guard.Find(".session-dialog-clock").GetAttribute("aria-hidden"));

        await guard.Find("[data-session-stay]").ClickAsync(new());

        Assert.Empty(guard.FindAll("dialog"));
        Assert.Null(_circuit.Over);
    }

    [Fact]
    public async Task Countdown_Running_ShowsTheSecondsButSpeaksRarely()
    {
        var guard = await OpenAsync();
        await PassAsync(TimeSpan.FromMinutes(4));
        var said = new List<string> { guard.Find("[role=status]").TextContent };
        for (var second = 1; second < 60; second++)
        {
            await PassAsync(TimeSpan.FromSeconds(1));
            Assert.Equal($"0:{60 - second:00}", guard.Find(".session-dialog-clock").TextContent);
            said.Add(guard.Find("[role=status]").TextContent);
        }

        Assert.Equal(3, said.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Countdown_PointerMoves_DoNotAnswerIt()
    {
        var guard = await OpenAsync();
        await PassAsync(TimeSpan.FromMinutes(4));

        guard.Instance.ReportActivity();
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(SessionEndReason.Idle, _circuit.Over);
    }

    [Fact]
    public async Task IdleEnd_Reached_GoesToSignInAndBack()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/transactions/history?q=rent");
        await OpenAsync();

        await PassAsync(FakeSessions.Idle);

        AssertAt("/auth/login?reason=idle&returnUrl=%2Ftransactions%2Fhistory%3Fq%3Drent");
    }

    [Theory]
    [InlineData(SessionEndReason.Ended, "ended")]
    [InlineData(SessionEndReason.SecurityChanged, "security")]
    [InlineData(SessionEndReason.TooLong, "absolute")]
    public async Task Ended_ForAReason_SaysItOnTheSignInPage(SessionEndReason reason, string word)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/account/dashboard");
        await OpenAsync();

        await _sessions.EndAsync("u1", "s1", reason, Ct);

        AssertAt($"/auth/login?reason={word}&returnUrl=%2Faccount%2Fdashboard");
    }

    [Fact]
    public async Task Ended_BrowserHasLeftMeanwhile_FaultsNothing()
    {
        _module.SetupVoid("leaveFor", _ => true).SetCanceled();
        var guard = await OpenAsync();

        await _sessions.EndAsync("u1", "s1", SessionEndReason.Ended, Ct);

        Assert.Single(_module.Invocations["leaveFor"]);
        Assert.False(Renderer.UnhandledException.IsCompleted);
        Assert.False(guard.IsDisposed);
    }

    [Fact]
    public async Task Ended_WhileTheConnectionIsDown_LeavesWhenItIsBack()
    {
        _module.SetupVoid("leaveFor", _ => true).SetException(new JSDisconnectedException("down"));
        await OpenAsync();
        var handler = new SessionCircuitHandler(_circuit);
        await _sessions.EndAsync("u1", "s1", SessionEndReason.Ended, Ct);
        Assert.Single(_module.Invocations["leaveFor"]);

        _module.SetupVoid("leaveFor", _ => true).SetVoidResult();
        await handler.OnConnectionUpAsync(null!, Ct);
        Assert.Equal(2, _module.Invocations["leaveFor"].Count);

        await handler.OnConnectionUpAsync(null!, Ct);
        Assert.Equal(2, _module.Invocations["leaveFor"].Count);
    }

    [Fact]
    public async Task KeyRenewed_ThisBrowser_ProvesItOnce()
    {
        var guard = await OpenAsync();

        var key = _sessions.Renew("s1");
        Assert.Single(_module.Invocations["prove"]);
        await guard.InvokeAsync(() => guard.Instance.Prove(_proofs.Make(new SessionHandle("u1", "s1"), key)));

        Assert.Null(_circuit.MissingKey);
        Assert.Single(_module.Invocations["prove"]);
        Assert.Null(_circuit.Over);
    }

    [Fact]
    public async Task SignOut_FromTheCountdown_EndsTheSessionInTheStore()
    {
        var guard = await OpenAsync();
        await PassAsync(TimeSpan.FromMinutes(4));

        await guard.Find("[data-session-sign-out]").ClickAsync(new());

        Assert.Equal([("s1", SessionEndReason.SignedOut)], _sessions.Ended);
        AssertAt("/auth/login?reason=signedout");
    }

    [Fact]
    public async Task AbsoluteEnd_Near_IsAnnouncedUntilRead()
    {
        var guard = await OpenAsync();
        for (var minute = 0; minute < 115; minute++)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
            guard.Instance.ReportActivity();
        }

        await PassAsync(TimeSpan.Zero);
        Assert.Contains("sign in again at", guard.Find(".session-notice").TextContent, StringComparison.Ordinal);
        Assert.Empty(guard.FindAll("dialog"));

        await guard.Find(".session-notice button").ClickAsync(new());

        Assert.Empty(guard.FindAll(".session-notice"));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _circuit.Dispose();
            _monitor.Dispose();
        }
    }

    private async Task<IRenderedComponent<SessionGuard>> OpenAsync()
    {
        _sessions.Add("s1");
        await _circuit.AttachAsync(Ct);
        return Render<SessionGuard>();
    }

    private async Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        await _monitor.TickAsync(Ct);
    }

    private void AssertAt(string pathAndQuery) =>
        Assert.Equal([pathAndQuery], _module.Invocations["leaveFor"].Select(call => call.Arguments[0]));
}
