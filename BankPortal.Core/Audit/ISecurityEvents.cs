namespace BankPortal.Core.Audit;

/// <summary>Takes security events. Implementations are thread-safe.</summary>
public interface ISecurityEvents
{
    /// <summary>Reports an event. Returns at once and never fails: the event is counted now and stored in the background.</summary>
    void Report(SecurityEvent happened);
}
