namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// Marks an endpoint that open tabs call by themselves. Calling it is no act of the person and does not keep a session alive.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PassiveRequestAttribute : Attribute;
