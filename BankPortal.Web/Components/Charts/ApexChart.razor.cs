using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.JSInterop;

namespace BankPortal.Web.Components.Charts;

public sealed partial class ApexChart<TItem>
{
    private readonly string _titleId = "chart-" + Guid.NewGuid().ToString("N");
    private readonly List<IChartSeriesSource> _sources = [];
    private ElementReference _canvas;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private string? _drawn;
    private IReadOnlyList<ChartSeries>? _shown;
    private bool _changed;
    private bool _sending;
    private bool _asTable;
    private bool _failed;
    private bool _disposed;

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required ILogger<ApexChart<TItem>> Logger { get; init; }

    /// <summary>What the chart shows, in a few words.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The unit of the values in words, such as "US dollars".</summary>
    [Parameter] public string? Unit { get; set; }

    /// <summary>What the chart says, in one sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired] public string? Summary { get; set; }

    [Parameter] public ApexChartOptions Options { get; set; } = new();

    /// <summary>The series.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Parameter] public string? Class { get; set; }

    /// <summary>
    /// Whether the chart follows what happens: then an update sends only the points that are new or have changed, and how
    /// many fell out at the beginning.
    /// </summary>
    [Parameter] public bool Live { get; set; }

    /// <summary>
    /// Draws the series as they are now, without rendering the component. Only one update is on its way at a time; what
    /// changes meanwhile is drawn by one more.
    /// </summary>
    public Task UpdateSeriesAsync()
    {
        _changed = true;
        if (Live && _asTable)
        {
            StateHasChanged();
        }

        return SendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or JSException or OperationCanceledException)
        {
            // The page is gone, and the drawing with it. A tab that closes while it is asked cancels instead of disconnecting.
        }
    }

    internal void Add(IChartSeriesSource source)
    {
        _sources.Add(source);
        _changed = true;
    }

    internal void Remove(IChartSeriesSource source)
    {
        _sources.Remove(source);
        _changed = true;
    }

    internal void SeriesChanged() => _changed = true;

    protected override void OnParametersSet() => _changed = true;

    protected override Task OnAfterRenderAsync(bool firstRender) => SendAsync();

    private JsonObject Build(IReadOnlyList<ChartSeries> series) =>
        ChartModel.Build(Options, series, UserTimeZone.Zone, CultureInfo.CurrentCulture);

    private List<ChartSeries> ReadSeries() => [.. _sources.Select(source => source.Read())];

    private async Task ToggleAsync()
    {
        _asTable = !_asTable;
        StateHasChanged();
        if (!_asTable && _chart is not null)
        {
            // A drawing that was hidden does not know its width.
            await Task.Yield();
            (_drawn, _shown) = (null, null);
            await UpdateSeriesAsync();
        }
    }

    private async Task SendAsync()
    {
        if (_sending || _disposed || _failed)
        {
            return;
        }

        _sending = true;
        try
        {
            while (_changed && !_disposed && !_asTable && _sources.Count > 0)
            {
                _changed = false;
                await DrawAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone. If it comes back, it may have missed something: the next drawing is a whole one.
            (_drawn, _shown) = (null, null);
        }
        catch (JSException exception)
        {
            _failed = true;
            DrawingFailed(Logger, exception);
            StateHasChanged();
        }
        finally
        {
            _sending = false;
        }
    }

    private Task DrawAsync()
    {
        var series = ReadSeries();
        return Live ? DrawLiveAsync(series) : DrawAsync(Build(series));
    }

    private async Task DrawAsync(JsonObject model)
    {
        var text = model.ToJsonString();
        var drawn = Fingerprint(text);
        if (string.Equals(drawn, _drawn, StringComparison.Ordinal))
        {
            return;
        }

        await SendModelAsync(text);
        _drawn = drawn;
    }

    private async Task DrawLiveAsync(List<ChartSeries> series)
    {
        // All but the points, which are compared one by one.
        var rest = Build([.. series.Select(one => one with { Points = [] })]).ToJsonString() + UserTimeZone.Zone.Id;
        rest = Fingerprint(rest);
        var change = rest == _drawn && _shown is not null ? ChartChange.Between(_shown, series) : null;
        if (change is { IsNothing: true })
        {
            return;
        }

        if (change is null || _chart is null)
        {
            await SendModelAsync(Build(series).ToJsonString());
        }
        else
        {
            await _chart.InvokeVoidAsync("extend", change.ToJson(Options, UserTimeZone.Zone).ToJsonString());
        }

        (_drawn, _shown) = (rest, series);
    }

    // Relative to the script, which imports it. By its fingerprint, so that the browser keeps it.
    private string Library => "../" + Assets["lib/apexcharts/apexcharts.esm.js"];

    // Enough to tell whether a drawing has changed; the text itself would be kept for as long as the page is open.
    private static string Fingerprint(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // As text: for anything else each circuit would keep descriptions of the types of its own.
    private async Task SendModelAsync(string model)
    {
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/chart.js"]);
        if (_chart is null)
        {
            _chart = await _module.InvokeAsync<IJSObjectReference>("create", _canvas, model, Library);
        }
        else
        {
            await _chart.InvokeVoidAsync("update", model);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A chart could not be drawn")]
    private static partial void DrawingFailed(ILogger logger, Exception exception);
}
