namespace BankPortal.Web.Features.Fraud.Simulation;

/// <summary>Starts and stops simulated traffic. The host checks who may do that.</summary>
public sealed partial class SimulatorPanel : ComponentBase, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private TrafficHost? _host;
    private ITimer? _timer;
    private double _perSecond = 2;
    private string? _error;

    [Inject] public required IServiceProvider Services { get; init; }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized() => _host = Services.GetService<TrafficHost>();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && _host is not null)
        {
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, LookEvery, LookEvery);
        }
    }

    private async Task StartAsync()
    {
        var seed = (int)(Time.GetUtcNow().ToUnixTimeSeconds() % int.MaxValue);
        _error = _host!.Start(await Actors.GetAsync(), _perSecond, seed).Error?.Message;
    }

    private async Task StopAsync() => _error = _host!.Stop(await Actors.GetAsync()).Error?.Message;
}
