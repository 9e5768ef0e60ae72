using BankPortal.Core.Lending.Book;

namespace BankPortal.Core.Lending;

/// <summary>The bank's days, and when a loan has to be looked at next. Thread-safe.</summary>
public sealed class LendingClock(LedgerRules rules, LendingOptions options, TimeProvider time)
{
    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The bank's day.</summary>
    public DateOnly Today => rules.DayOf(Now);

    /// <summary>The bank's day at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => rules.DayOf(at);

    /// <summary>The moment from which instalments of a day are collected.</summary>
    public DateTimeOffset CollectionOf(DateOnly day) => ZonedTime.MomentOf(day, options.CollectAt, rules.Zone);

    /// <summary>When something that could not be collected now is tried again.</summary>
    public DateTimeOffset NextTry()
    {
        var now = Now;
        var today = Today;
        foreach (var at in options.RetryTimes.Prepend(options.CollectAt))
        {
            if (ZonedTime.MomentOf(today, at, rules.Zone) is var moment && moment > now)
            {
                return moment;
            }
        }

        return CollectionOf(today.AddDays(1));
    }

    /// <summary>The day on which a customer is reminded of an instalment.</summary>
    public DateOnly ReminderOf(DateOnly dueOn) => dueOn.AddDays(-options.RemindDays);

    /// <summary>When a loan that is being repaid has to be looked at next.</summary>
    public DateTimeOffset? NextRun(LoanState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Due.IsPositive)
        {
            return NextTry();
        }

        return state.Next is not { } next ? null
            : CollectionOf(ReminderOf(next.DueOn)) is var reminder && reminder > Now ? reminder
            : CollectionOf(next.DueOn);
    }
}
