using BankPortal.Core.Notifications;
using Microsoft.AspNetCore.Components.Authorization;

namespace BankPortal.Web.Components.Layout;

/// <summary>The bell in the bar with the number of unread messages. It does not poll: the feed tells it when to read.</summary>
public sealed partial class Bell
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _watch;
    private bool _isSignedIn;
    private bool _isReading;
    private bool _hasChanged;
    private int _unread;

    [CascadingParameter] public Task<AuthenticationState>? AuthenticationState { get; set; }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required InboxService Inbox { get; init; }

    [Inject] public required InboxFeed Feed { get; init; }

    [Inject] public required ILogger<Bell> Logger { get; init; }

    private string Number => _unread >= InboxService.MostCounted
        ? "99+"
        : _unread.ToString(CultureInfo.InvariantCulture);

    private string Label => _unread == 0 ? "Notifications" : $"Notifications, {Number} unread";

    public void Dispose()
    {
        _watch?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync() =>
        _isSignedIn = AuthenticationState is not null && (await AuthenticationState).User.Identity?.IsAuthenticated == true;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_watch is not null || !_isSignedIn)
        {
            return;
        }

        if (await Actors.FindSessionAsync() is { } session)
        {
            _watch = Feed.Subscribe(session.UserId, () => _ = InvokeAsync(ReadAsync));
            await ReadAsync();
        }
    }

    // One reading at a time; changes meanwhile are read together afterwards.
    private async Task ReadAsync()
    {
        if (_isReading)
        {
            _hasChanged = true;
            return;
        }

        _isReading = true;
        try
        {
            do
            {
                _hasChanged = false;
                if (await Actors.FindAsync(_gone.Token) is { } actor)
                {
                    _unread = await Inbox.CountUnreadAsync(actor, _gone.Token);
                    StateHasChanged();
                }
            }
            while (_hasChanged);
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        catch (ObjectDisposedException)
        {
            // The page is gone.
        }
#pragma warning disable CA1031 // The number stays as it is; the next change reads it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotRead(Logger, exception);
        }
        finally
        {
            _isReading = false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The number of unread messages could not be read")]
    private static partial void NotRead(ILogger logger, Exception exception);
}
