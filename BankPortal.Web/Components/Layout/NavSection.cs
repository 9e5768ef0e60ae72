using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Components.Layout;

/// <summary>A group of links for everybody who has one of <paramref name="Roles"/>; no roles means every signed-in person.</summary>
public sealed record NavSection(string Title, ImmutableArray<string> Roles, ImmutableArray<NavItem> Items);

/// <summary>One link of the side navigation.</summary>
public sealed record NavItem(string Title, string Href, IconName Icon, NavLinkMatch Match = NavLinkMatch.Prefix);
