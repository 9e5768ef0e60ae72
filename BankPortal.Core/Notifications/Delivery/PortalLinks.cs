namespace BankPortal.Core.Notifications.Delivery;

/// <summary>Makes addresses of pages for texts that are read outside the portal. Immutable.</summary>
/// <param name="Address">The portal's public address; <see langword="null"/> when it is not configured: then there are no links.</param>
public sealed record PortalLinks(Uri? Address)
{
    /// <summary>The address of a page.</summary>
    /// <param name="path">A path of the portal, beginning with a slash.</param>
    public string? To(string path) => Address is null ? null : Address.ToString().TrimEnd('/') + path;
}
