using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>Something that shows what going over the books has found, and reads it again now and then.</summary>
public abstract class ReconciliationView : InteractivePage
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    private ITimer? _timer;

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required ReconciliationService Reconciliation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>What was read last; <see langword="null"/> for people who may not see it.</summary>
    protected ReconciliationReport? Report { get; private set; }

    /// <summary>Whether the last try to read it again failed.</summary>
    protected bool IsBehind { get; private set; }

    protected DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Reads what is shown.</summary>
    protected abstract Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _timer ??= Time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, ReadEvery, ReadEvery);
        var report = await ReadAsync(await Actors.GetAsync(ct), ct);
        Report = report.IsSuccess ? report.Value : null;
        IsBehind = false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer?.Dispose();
        }

        base.Dispose(disposing);
    }

    protected static string Count(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    // What is on the screen stays there when reading it again does not work.
    private async Task RefreshAsync()
    {
        if (Gone.IsCancellationRequested || State != LoadState.Ready)
        {
            return;
        }

        try
        {
            await LoadAsync(Gone);
        }
        catch (Exception exception) when (exception is SessionOverException or OperationCanceledException)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever it is, the screen says that it is behind.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LoggerFactory.CreateLogger(GetType()).Log(IsBehind ? LogLevel.Debug : LogLevel.Warning, exception, "How the books stand could not be read again");
            IsBehind = true;
        }

        StateHasChanged();
    }
}
