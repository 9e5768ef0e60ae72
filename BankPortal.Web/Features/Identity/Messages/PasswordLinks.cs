namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>Sends the link to choose a password by the queue of account messages. Scoped to a circuit.</summary>
internal sealed class PasswordLinks(AccountMessageQueue queue, PortalAddress address, NavigationManager navigation) : IPasswordLinks
{
    /// <inheritdoc/>
    public void Send(string email) =>
        queue.Enqueue(new AccountMessageRequest(AccountMessageKind.PasswordForgotten, email, address.For(navigation)));
}
