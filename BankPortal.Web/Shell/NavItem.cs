using BankPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Shell;

/// <summary>One link of the side navigation.</summary>
public sealed record NavItem(string Title, string Href, IconName Icon, NavLinkMatch Match = NavLinkMatch.Prefix);
