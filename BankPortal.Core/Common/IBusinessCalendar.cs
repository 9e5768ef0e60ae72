namespace BankPortal.Core.Common;

/// <summary>The days on which the bank does business. Immutable, thread-safe.</summary>
public interface IBusinessCalendar
{
    /// <summary>Whether the day is neither on a weekend nor a holiday.</summary>
    bool IsBusinessDay(DateOnly day);

    /// <summary>Returns the first business day after the day.</summary>
    DateOnly NextBusinessDay(DateOnly day);

    /// <summary>Returns the last business day before the day.</summary>
    DateOnly PreviousBusinessDay(DateOnly day);
}
