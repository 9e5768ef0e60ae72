namespace BankPortal.Core.Identity;

/// <summary>When a session ends, and when the person hears of it before.</summary>
/// <param name="Idle">The longest pause between two acts of the person.</param>
/// <param name="EndsAt">When the session ends whatever the person does.</param>
/// <param name="IdleWarning">How long before the idle end the person is asked whether to stay.</param>
/// <param name="EndWarning">How long before <paramref name="EndsAt"/> the person is told of it.</param>
public sealed record SessionTimes(TimeSpan Idle, DateTimeOffset EndsAt, TimeSpan IdleWarning, TimeSpan EndWarning);
