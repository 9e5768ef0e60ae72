namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// Marks an endpoint that open pages call automatically. Such a request is not an action of the person and does not keep the session
/// alive.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PassiveRequestAttribute : Attribute;
