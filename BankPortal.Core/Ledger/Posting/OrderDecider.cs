using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>Decides on a new order: checks it against the rules, has it assessed, and applies the verdict. Thread-safe.</summary>
internal sealed partial class OrderDecider(
    LedgerRules rules, ITransferScreening screening, TimeProvider time, FailureLog unreadable, ILogger logger)
{
    /// <summary>Gathers what the assessment needs besides the accounts' rows. Never fails: then the background says so.</summary>
    public async Task<RiskBackground> GatherAsync(TransferOrder order)
    {
        try
        {
            var background = await screening.GatherAsync(order);
            unreadable.Succeeded();
            return background;
        }
        catch (Exception exception)
        {
            LogUnreadable(logger, order.TransferId);
            unreadable.Failed(exception);
            return new RiskBackground { IsAssessed = true, Failure = exception.GetType().Name };
        }
    }

    /// <summary>Decides on the order given the accounts as read.</summary>
    /// <param name="order">The order.</param>
    /// <param name="snapshot">The accounts as read.</param>
    /// <param name="background">What was gathered about it.</param>
    public Decision Decide(TransferOrder order, LedgerSnapshot snapshot, AwaitedBackground background)
    {
        var check = rules.Check(order, snapshot, time.GetUtcNow());
        if (!check.IsSuccess)
        {
            return new Decision.Refused(check.Error);
        }

        var verdict = screening.Assess(check.Value, background.Background);
        return rules.Apply(check.Value, verdict is null ? null : verdict with { Took = time.GetElapsedTime(background.WaitedSince) });
    }

    /// <summary>Waits for what is gathered, within the budget of the assessment.</summary>
    public async ValueTask<AwaitedBackground> WaitAsync(TransferOrder order, Task<RiskBackground> gathering)
    {
        var since = time.GetTimestamp();
        try
        {
            var background = gathering.IsCompleted ? await gathering : await gathering.WaitAsync(screening.Budget, time);
            return new AwaitedBackground(background, since);
        }
        catch (TimeoutException)
        {
            LogLate(logger, order.TransferId);
            return new AwaitedBackground(new RiskBackground { IsAssessed = true, Failure = "slow" }, since);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The data for the assessment of transfer {TransferId} could not be read")]
    private static partial void LogUnreadable(ILogger logger, string transferId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data for the assessment of transfer {TransferId} did not arrive in time")]
    private static partial void LogLate(ILogger logger, string transferId);
}

/// <summary>What is known about an order besides the accounts' rows, and since when the order has waited for it.</summary>
/// <param name="Background">What is known.</param>
/// <param name="WaitedSince">A timestamp of the clock.</param>
internal readonly record struct AwaitedBackground(RiskBackground Background, long WaitedSince);
