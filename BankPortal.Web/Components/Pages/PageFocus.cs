using Microsoft.JSInterop;

namespace BankPortal.Web.Components.Pages;

/// <summary>Moves the focus in the browser.</summary>
public static class PageFocus
{
    /// <summary>Moves the focus. Does nothing where that is not possible: focus is a convenience, and the page works without.</summary>
    public static async Task TryAsync(Func<ValueTask> focus)
    {
        try
        {
            await focus();
        }
        catch (Exception exception)
            when (exception is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // The element is gone already, or the connection is.
        }
    }
}
