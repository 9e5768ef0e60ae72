using BankPortal.Core.Fraud.Live;
using BankPortal.Web.Components.Charts;

namespace BankPortal.Web.Features.Fraud.Live;

public sealed partial class LiveCharts
{
    private const int Height = 190;

    private readonly List<LiveSpan> _spans = [];
    private ApexChart<LiveSpan>? _count;
    private ApexChart<LiveSpan>? _volume;
    private ApexChart<LiveSpan>? _outcomes;
    private LiveFrame? _frame;
    private bool _hour;
    private bool _changed = true;
    private int _turn = -1;

    /// <summary>The figures to begin with; afterwards call <see cref="UpdateAsync"/>.</summary>
    [Parameter, EditorRequired] public LiveFrame? Begin { get; set; }

    private Currency Currency => _frame?.Figures.VolumePerMinute.Currency ?? default;

    private string Per => _hour ? "per minute" : "per 10 seconds";

    private ApexChartOptions Numbers { get; set; } = new();

    private ApexChartOptions Amounts { get; set; } = new();

    private ApexChartOptions Stacked { get; set; } = new();

    /// <summary>
    /// Shows these figures in the chart whose turn it is, without rendering anything. One at a time: all three drawn together
    /// would keep a slow browser from the list for as long.
    /// </summary>
    public Task UpdateAsync(LiveFrame frame)
    {
        Take(frame);
        _turn = (_turn + 1) % 3;
        return (_turn switch { 0 => _count, 1 => _volume, _ => _outcomes })?.UpdateSeriesAsync() ?? Task.CompletedTask;
    }

    protected override void OnInitialized()
    {
        if (Begin is not null)
        {
            Take(Begin);
        }

        Configure();
    }

    // The page around it renders several times a second; what it draws is told by UpdateAsync.
    protected override bool ShouldRender()
    {
        var renders = _changed;
        _changed = false;
        return renders;
    }

    private void ShowHour(bool hour)
    {
        if (_hour == hour)
        {
            return;
        }

        _hour = hour;
        Configure();
        if (_frame is not null)
        {
            Take(_frame);
        }

        _changed = true;
    }

    private void Take(LiveFrame frame)
    {
        _frame = frame;
        _spans.Clear();
        _spans.AddRange(_hour ? frame.Minutes : frame.Recent);
    }

    private void Configure()
    {
        Numbers = Options();
        Amounts = Options();
        Amounts.Yaxis.Unit = ChartUnit.Money;
        Amounts.Yaxis.Currency = Currency;
        Stacked = Options();
        Stacked.Chart.Stacked = true;
        Stacked.Legend.Position = LegendPosition.Bottom;
    }

    private ApexChartOptions Options() => new()
    {
        Chart = { Height = Height },
        Xaxis = { Type = XAxisType.Datetime, Seconds = !_hour },
        Yaxis = { Min = 0 },
    };
}
