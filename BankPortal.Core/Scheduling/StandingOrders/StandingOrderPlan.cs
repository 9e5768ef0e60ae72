namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>How a standing order goes on: the next payment and its time. Pure apart from the clock; thread-safe.</summary>
public sealed class StandingOrderPlan(IBusinessCalendar calendar, SchedulingClock clock, SchedulingOptions options)
{
    /// <summary>The next payments of an order, as they are planned now.</summary>
    public ImmutableArray<Occurrence> NextOf(StandingOrder order, int count) =>
        order.NextDate is null || order.IsOver ? [] : order.Schedule.Next(order.NextIndex, count, calendar);

    /// <summary>The order with its schedule begun anew.</summary>
    public StandingOrder Begin(StandingOrder order) =>
        With(order with { Tries = 0, LastRefusal = null }, order.Schedule.OccurrenceOf(0, calendar));

    /// <summary>The order after what became of the payment of a date, whatever has changed since that was begun.</summary>
    /// <param name="order">The order as stored.</param>
    /// <param name="run">What became of the payment.</param>
    /// <param name="isLasting">Whether it failed for a reason that will not go away by itself.</param>
    public StandingOrder After(StandingOrder order, StandingOrderRun run, bool isLasting = false)
    {
        var failures = run.Outcome switch
        {
            RunOutcome.Failed => order.FailuresInRow + 1,
            RunOutcome.Skipped or RunOutcome.Missed => order.FailuresInRow,
            _ => 0,
        };
        order = order with
        {
            LastDate = run.Date > order.LastDate || order.LastDate is null ? run.Date : order.LastDate,
            FailuresInRow = failures,
        };
        if (order.NextDate <= run.Date)
        {
            order = With(order with { Tries = 0, LastRefusal = null }, NextAfter(order, run.Date));
        }

        if (order.State != StandingOrderState.Active)
        {
            return order with { NextRunAt = null };
        }

        return order.NextDate is null ? order with { State = StandingOrderState.Finished, NextRunAt = null }
            : run.Outcome == RunOutcome.Failed && (isLasting || failures >= options.PauseAfterFailures)
                ? order with { State = StandingOrderState.Paused, PausedFor = run.Refusal, NextRunAt = null }
            : order;
    }

    /// <summary>The order active again: what fell into the pause is not made up for.</summary>
    /// <returns>The order; <see langword="null"/> when no date is left.</returns>
    public StandingOrder? Resume(StandingOrder order)
    {
        var active = order with { State = StandingOrderState.Active, PausedFor = null, FailuresInRow = 0, Tries = 0, LastRefusal = null };
        return order.Schedule.FirstAfter(clock.Today, order.NextIndex, calendar) is { } next ? With(active, next) : null;
    }

    /// <summary>The order with a further try of its next payment today, if there is a time left for it.</summary>
    public StandingOrder? Retry(StandingOrder order, Error refusal)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        foreach (var time in options.RetryTimes)
        {
            var at = clock.At(today, time);
            if (at > now)
            {
                return order with { NextRunAt = at, Tries = order.Tries + 1, LastRefusal = refusal.Code };
            }
        }

        return null;
    }

    /// <summary>Whether a payment is overdue for too long to be made up for.</summary>
    public bool IsMissed(StandingOrder order) => order.NextPayOn is { } day && clock.Today.DayNumber - day.DayNumber > options.CatchUpDays;

    private Occurrence? NextAfter(StandingOrder order, DateOnly date)
    {
        var index = order.NextIndex;
        while (order.Schedule.OccurrenceOf(index, calendar) is { } occurrence)
        {
            if (occurrence.Date > date)
            {
                return occurrence;
            }

            index++;
        }

        return null;
    }

    private StandingOrder With(StandingOrder order, Occurrence? next) => order with
    {
        NextIndex = next?.Index ?? order.NextIndex,
        NextDate = next?.Date,
        NextPayOn = next?.PayOn,
        NextRunAt = next is null ? null : clock.At(next.PayOn, options.ExecuteAt),
    };
}
