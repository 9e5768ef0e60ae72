using Microsoft.JSInterop;

namespace BankPortal.Web.Components.Layout;

/// <summary>
/// Whether the style sheet and the script of the component library are in the browser's document. Pages that can do without it
/// (<see cref="LightPageAttribute"/>) are sent without; the first step to another page, or the first toast, brings it. One per
/// circuit; used on the circuit's dispatcher.
/// </summary>
public sealed class ComponentLibrary(IJSRuntime js)
{
    private Task<bool>? _loading;

    /// <summary>Whether its components can be shown.</summary>
    public bool IsLoaded { get; private set; } = true;

    /// <summary>Raised on the circuit's dispatcher when <see cref="IsLoaded"/> becomes true.</summary>
    public event EventHandler? Loaded;

    /// <summary>Says, before anything is drawn, that the document came without it.</summary>
    public void IsMissing() => IsLoaded = false;

    /// <summary>Brings it, once, if it is not there yet.</summary>
    /// <returns>Whether it is there; false when the browser could not fetch it or has left, and then a next call tries again.</returns>
    public Task<bool> EnsureAsync() => IsLoaded ? Task.FromResult(true) : _loading ??= LoadAsync();

    private async Task<bool> LoadAsync()
    {
        try
        {
            await js.InvokeVoidAsync("bankPortal.loadLibrary");
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            _loading = null;
            return false;
        }

        IsLoaded = true;
        Loaded?.Invoke(this, EventArgs.Empty);
        return true;
    }
}
