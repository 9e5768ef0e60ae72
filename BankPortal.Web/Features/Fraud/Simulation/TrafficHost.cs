using BankPortal.Core.Fraud.Lists;
using BankPortal.Core.Fraud.Simulation;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Infrastructure.Fraud.Simulation;

namespace BankPortal.Web.Features.Fraud.Simulation;

/// <summary>
/// Sends simulated traffic through the bank, to try out the fraud desk: one run at a time, at a chosen rate. Registered in
/// Development only. Its transfers stay in the ledger. Thread-safe.
/// </summary>
internal sealed partial class TrafficHost(
    ICustomerRegistry registry,
    IServiceScopeFactory scopes,
    IRiskListStore lists,
    AccountService accounts,
    TransferService transfers,
    PaymentConfirmations confirmations,
    LedgerService ledger,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<TrafficHost> logger
)
{
    /// <summary>The slowest rate in events per second.</summary>
    public const double SlowestRate = 0.2;

    /// <summary>The fastest rate in events per second.</summary>
    public const double FastestRate = 20;

    // Enough customers that each acts rarely: at a few events a second nobody triggers the rules about haste.
    private static readonly SimulationOptions Day = new() { Customers = 1500, Shops = 12, WarmUpDays = 0, Days = 1, SchemesOfEach = 8 };

    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private TrafficState _state = new(false, 0, 0, 0, false);

    /// <summary>The current state.</summary>
    public TrafficState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="actor">The user; analysts and administrators only.</param>
    /// <param name="perSecond">Events per second.</param>
    /// <param name="seed">The seed of the random choices.</param>
    public Result Start(Actor actor, double perSecond, int seed)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        if (perSecond is not (>= SlowestRate and <= FastestRate))
        {
            return new InvalidInputError(
                "rate",
                string.Create(CultureInfo.CurrentCulture, $"Choose between {SlowestRate} and {FastestRate} events a second.")
            );
        }

        CancellationTokenSource running;
        lock (_lock)
        {
            if (_running is not null)
            {
                return new InvalidInputError("rate", "It is running already.");
            }

            running = _running = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        }

        var plan = TrafficPlanner.Make(Day with { Seed = seed, Start = time.GetUtcNow() });
        SetState(new TrafficState(true, 0, plan.Events.Length, perSecond, false));
        _ = Task.Run(() => PlayAsync(plan, perSecond, running), CancellationToken.None);
        return Result.Success;
    }

    /// <summary>Ends the run; its transfers stay.</summary>
    public Result Stop(Actor actor)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        lock (_lock)
        {
            _running?.Cancel();
        }

        return Result.Success;
    }

    private async Task PlayAsync(TrafficPlan plan, double perSecond, CancellationTokenSource running)
    {
        var hasFailed = false;
        try
        {
            // The order of the plan is kept, its times are not: nobody wants to wait a day.
            var pause = TimeSpan.FromSeconds(1 / perSecond);
            var bank = new SimulatedBank(registry, scopes, lists, async (_, ct) =>
            {
                await Task.Delay(pause, time, ct);
                return time.GetUtcNow();
            });
            var run = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            await new TrafficSimulator(bank, accounts, transfers, confirmations, ledger)
                .PlayAsync(plan, run, new Counter(this), running.Token);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            Stopped(logger);
        }
        catch (Exception exception)
        {
            hasFailed = true;
            Failed(logger, exception);
        }

        lock (_lock)
        {
            _running = null;
            running.Dispose();
        }

        SetState(State with { IsRunning = false, HasFailed = hasFailed });
    }

    private void SetState(TrafficState state)
    {
        lock (_lock)
        {
            _state = state;
        }
    }

    private sealed class Counter(TrafficHost host) : IProgress<int>
    {
        public void Report(int value) => host.SetState(host.State with { Done = value });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated traffic was stopped")]
    private static partial void Stopped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "Simulated traffic ended with an error")]
    private static partial void Failed(ILogger logger, Exception exception);
}
