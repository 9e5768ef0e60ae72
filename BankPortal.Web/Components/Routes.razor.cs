using Microsoft.JSInterop;

namespace BankPortal.Web.Components;

/// <summary>
/// The root of every page. Carries what the first request knew (the time zone cookie) into the circuit, where there is
/// no request.
/// </summary>
public sealed partial class Routes
{
    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>The browser's time zone from its cookie; null on the very first visit.</summary>
    [Parameter] public string? TimeZoneId { get; set; }

    protected override void OnInitialized() => UserTimeZone.Set(TimeZoneId);

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
}
