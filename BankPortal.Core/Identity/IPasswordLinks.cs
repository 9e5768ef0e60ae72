namespace BankPortal.Core.Identity;

/// <summary>Sends people the link by which they choose a password. Implementations are thread-safe.</summary>
public interface IPasswordLinks
{
    /// <summary>Has the link sent to the address, in the background. Returns at once; nothing is sent when nobody has the address or
    /// several links were sent lately.</summary>
    void Send(string email);
}
