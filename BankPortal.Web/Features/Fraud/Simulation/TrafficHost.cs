using BankPortal.Core.Fraud.Lists;
using BankPortal.Core.Fraud.Simulation;
using BankPortal.Infrastructure.Fraud.Simulation;

namespace BankPortal.Web.Features.Fraud.Simulation;

/// <summary>
/// Plays simulated traffic through the bank while somebody wants to try the fraud desk out: one run at a time, at a chosen
/// rate. Registered in Development only. What it does stays in the books, like everything.
/// </summary>
internal sealed partial class TrafficHost(
    ICustomerRegistry registry, IServiceScopeFactory scopes, IRiskListStore lists, AccountService accounts, TransferService transfers, LedgerService ledger,
    TimeProvider time, IHostApplicationLifetime lifetime, ILogger<TrafficHost> logger)
{
    /// <summary>The slowest rate, events in a second.</summary>
    public const double SlowestRate = 0.2;

    /// <summary>The fastest rate, events in a second.</summary>
    public const double FastestRate = 20;

    // So many that each acts seldom: at a few events a second nobody looks as if in a hurry.
    private static readonly SimulationOptions Day = new() { Customers = 1500, Shops = 12, WarmUpDays = 0, Days = 1, SchemesOfEach = 8 };

    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private TrafficState _state = new(false, 0, 0, 0, false);

    /// <summary>How it stands now.</summary>
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

    /// <summary>Begins a run.</summary>
    /// <param name="actor">Who wants it; analysts and administrators.</param>
    /// <param name="perSecond">How many events in a second.</param>
    /// <param name="seed">What chance is drawn from.</param>
    public Result Start(Actor actor, double perSecond, int seed)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        if (perSecond is not (>= SlowestRate and <= FastestRate))
        {
            return new InvalidInputError("rate", string.Create(CultureInfo.CurrentCulture, $"Choose between {SlowestRate} and {FastestRate} events a second."));
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
        Tell(new TrafficState(true, 0, plan.Events.Length, perSecond, false));
        _ = Task.Run(() => PlayAsync(plan, perSecond, running), CancellationToken.None);
        return Result.Success;
    }

    /// <summary>Ends the run; what has happened stays.</summary>
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
            // The order of the plan counts, its times do not: whoever tries the desk out does not wait a day.
            var pause = TimeSpan.FromSeconds(1 / perSecond);
            var bank = new SimulatedBank(registry, scopes, lists, async (_, ct) =>
            {
                await Task.Delay(pause, time, ct);
                return time.GetUtcNow();
            });
            var run = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            await new TrafficSimulator(bank, accounts, transfers, ledger).PlayAsync(plan, run, new Counter(this), running.Token);
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

        Tell(State with { IsRunning = false, HasFailed = hasFailed });
    }

    private void Tell(TrafficState state)
    {
        lock (_lock)
        {
            _state = state;
        }
    }

    private sealed class Counter(TrafficHost host) : IProgress<int>
    {
        public void Report(int value) => host.Tell(host.State with { Done = value });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated traffic was stopped")]
    private static partial void Stopped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "Simulated traffic ended with an error")]
    private static partial void Failed(ILogger logger, Exception exception);
}
