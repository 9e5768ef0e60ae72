using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Components.Layout;

/// <summary>A group of links for everybody who has one of <paramref name="Roles"/>; no roles means every signed-in person.</summary>
public sealed record NavSection(string Title, ImmutableArray<string> Roles, ImmutableArray<NavItem> Items);

/// <summary>One link of the side navigation.</summary>
public sealed record NavItem(string Title, string Href, IconName Icon, NavLinkMatch Match = NavLinkMatch.Prefix)
{
    /// <summary>Whether the page at a path belongs to this link: the link's own page or, unless only that counts, one below it.</summary>
    public bool IsAt(string path) =>
        path.StartsWith(Href, StringComparison.OrdinalIgnoreCase)
        && (path.Length == Href.Length || (Match == NavLinkMatch.Prefix && path[Href.Length] == '/'));
}
