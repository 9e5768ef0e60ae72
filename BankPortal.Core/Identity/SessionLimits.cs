namespace BankPortal.Core.Identity;

/// <summary>How long a session may live.</summary>
/// <param name="Idle">The longest time without anything the person does. The session is over when it has passed.</param>
/// <param name="Absolute">The longest time since signing in, whatever the person does.</param>
/// <param name="IdleWarning">How long before the idle end the person is asked whether to stay.</param>
/// <param name="AbsoluteWarning">How long before the absolute end the person is told of it.</param>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute, TimeSpan IdleWarning, TimeSpan AbsoluteWarning);
