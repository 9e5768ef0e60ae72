using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Identity.Sessions;

public sealed partial class SessionGuard : IAsyncDisposable
{
    // The monitor notifies on its own thread, with its own culture. The person's culture is kept from the start.
    private CultureInfo _culture = CultureInfo.CurrentCulture;
    private ElementReference _dialog;
    private bool _dialogShown;
    private bool _noticeRead;
    private bool _left;
    private long _provenKey;
    private IJSObjectReference? _module;
    private DotNetObjectReference<SessionGuard>? _self;

    [Inject] public required CircuitSession Circuit { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required IOptions<SessionOptions> Options { get; init; }

    /// <summary>Called by the tab when the person touched, typed or moved something.</summary>
    [JSInvokable]
    public void ReportActivity() => Circuit.ReportActivity();

    /// <summary>Called by the tab when Escape closes the countdown, which shows that the person is there.</summary>
    [JSInvokable]
    public void Stay() => Circuit.Stay();

    /// <summary>Called by the tab with the proof that its browser has the session's newest key.</summary>
    [JSInvokable]
    public void Prove(string? proof) => Circuit.Prove(proof);

    public async ValueTask DisposeAsync()
    {
        Circuit.Changed -= OnChanged;
        _self?.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.InvokeVoidAsync("stop");
                await _module.DisposeAsync();
            }
            catch (Exception exception) when (exception is JSDisconnectedException or JSException or OperationCanceledException)
            {
                // The tab is gone, and the script with it.
            }
        }
    }

    protected override void OnInitialized()
    {
        _culture = CultureInfo.CurrentCulture;
        Circuit.Changed += OnChanged;
        if (RendererInfo.IsInteractive)
        {
            _ = LeaveIfOverAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender && Circuit.Session is not null)
            {
                _self = DotNetObjectReference.Create(this);
                _module = await Js.InvokeAsync<IJSObjectReference>(
                    "import",
                    "/" + Assets["Features/Identity/Sessions/SessionGuard.razor.js"]
                );
                await _module.InvokeVoidAsync(
                    "start",
                    _self,
                    new
                    {
                        every = Options.Value.ReportEvery.TotalMilliseconds,
                        status = IdentityRoutes.SessionStatus,
                        signIn = IdentityRoutes.SignIn,
                    }
                );
            }

            if (_module is not null && Circuit.MissingKey is { } key && key > _provenKey)
            {
                _provenKey = key;
                await _module.InvokeVoidAsync("prove");
            }

            var shown = Circuit is { Over: null, Standing.Phase: SessionPhase.IdleWarning };
            if (shown != _dialogShown && _module is not null)
            {
                _dialogShown = shown;
                if (shown)
                {
                    await _module.InvokeVoidAsync("showDialog", _dialog);
                }
                else
                {
                    await _module.InvokeVoidAsync("dialogGone");
                }
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or JSException or OperationCanceledException)
        {
            // Without the script nothing is reported, and the session ends early rather than late.
        }
    }

    private static string Clock(TimeSpan left) =>
        ((int)left.TotalMinutes).ToString(CultureInfo.InvariantCulture) + ":" + left.Seconds.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>The text for screen readers. It changes, and is read out, at the start, at half a minute and at ten seconds.</summary>
    private static string Announcement(TimeSpan left) => left.TotalSeconds switch
    {
        > 30 => "You will be signed out in about a minute.",
        > 10 => "You will be signed out in 30 seconds.",
        _ => "You will be signed out in 10 seconds.",
    };

    private string TimeOf(DateTimeOffset instant) => Zone.ToLocal(instant).ToString("t", _culture);

    private Task SignOutAsync() => Circuit.SignOutAsync();

    // Leaving does not wait for the render: once the session is over, the tab's receipt for it is not processed.
    private void OnChanged(object? sender, EventArgs e) => _ = InvokeAsync(() =>
    {
        StateHasChanged();
        return LeaveIfOverAsync();
    });

    // Not by the navigation manager: when the browser has left meanwhile, that ends the circuit with an error in the log.
    private async Task LeaveIfOverAsync()
    {
        if (Circuit.Over is not { } reason || _left)
        {
            return;
        }

        _left = true;
        var here = reason == SessionEndReason.SignedOut ? null : "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        var address = IdentityRoutes.SignInAfter(reason, here);
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("leaveFor", address);
            }
            else
            {
                await Js.InvokeVoidAsync("location.replace", address);
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or JSException or OperationCanceledException)
        {
            // Nobody is there. A tab that lost its connection is told again when it is back; otherwise it asks by itself when its time
            // is up.
            _left = false;
        }
    }
}
