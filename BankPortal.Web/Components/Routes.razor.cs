using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace BankPortal.Web.Components;

/// <summary>
/// The root of every page. Carries what the first request knew (the time zone cookie) into the circuit, where there is
/// no request.
/// </summary>
public sealed partial class Routes
{
    private string? _path;

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required ComponentLibrary Library { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The browser's time zone from its cookie; null on the very first visit.</summary>
    [Parameter] public string? TimeZoneId { get; set; }

    /// <summary>Whether the component library is in the document.</summary>
    [Parameter] public bool HasLibrary { get; set; } = true;

    protected override void OnInitialized()
    {
        UserTimeZone.Set(TimeZoneId);
        if (!HasLibrary)
        {
            Library.IsMissing();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || UserTimeZone.IsKnown)
        {
            return;
        }

        try
        {
            UserTimeZone.Set(await Js.InvokeAsync<string?>("bankPortal.timeZone"));
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // Times stay in the bank's zone, which the page says.
        }
    }

    // The page that is there stays until the library has come. A document of its own has it too, should that fail.
    private async Task BringLibraryAsync(NavigationContext context)
    {
        var path = context.Path.Split('?', '#')[0];
        var isFirst = _path is null;
        var isSame = path == _path;
        _path = path;
        if (!isFirst && !isSame && !await Library.EnsureAsync() && !context.CancellationToken.IsCancellationRequested)
        {
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }
    }
}
