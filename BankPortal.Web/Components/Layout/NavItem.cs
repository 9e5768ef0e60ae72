using BankPortal.Web.Components.Controls;
using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Components.Layout;

/// <summary>One link of the side navigation.</summary>
public sealed record NavItem(string Title, string Href, IconName Icon, NavLinkMatch Match = NavLinkMatch.Prefix);
