namespace BankPortal.Core.Scheduling;

/// <summary>Settings of standing orders and of requests for money.</summary>
public sealed class SchedulingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Scheduling";

    /// <summary>Whether this portal executes standing orders that are due.</summary>
    public bool Execute { get; set; } = true;

    /// <summary>The time of day, in the bank's zone, from which a standing order is executed on its day.</summary>
    public TimeOnly ExecuteAt { get; set; } = new(6, 0);

    /// <summary>When a payment that the account could not cover is tried again the same day; after the last time it has failed.</summary>
    public IList<TimeOnly> RetryAt { get; } = [];

    /// <summary>How many payments in a row may fail before the standing order is paused.</summary>
    public int PauseAfterFailures { get; set; } = 3;

    /// <summary>Payments that could not be made on their day, because the bank's systems were down, are made up for so many days.</summary>
    public int CatchUpDays { get; set; } = 10;

    /// <summary>How many standing orders a customer may have that are not finished or cancelled.</summary>
    public int MaxStandingOrders { get; set; } = 50;

    /// <summary>How many requests for money a customer may have open.</summary>
    public int MaxOpenRequests { get; set; } = 20;

    /// <summary>How many requests for money a customer may have open to the same person.</summary>
    public int MaxOpenRequestsToOne { get; set; } = 3;

    /// <summary>How many requests for money a customer may make in 24 hours, whatever becomes of them.</summary>
    public int MaxRequestsPerDay { get; set; } = 20;

    /// <summary>For how many days a request for money can be open.</summary>
    public int MaxRequestDays { get; set; } = 60;

    /// <summary>The times of <see cref="RetryAt"/> in order; noon and six in the evening when none are configured.</summary>
    public IReadOnlyList<TimeOnly> RetryTimes => RetryAt.Count == 0 ? [new(12, 0), new(18, 0)] : [.. RetryAt.Order()];
}
