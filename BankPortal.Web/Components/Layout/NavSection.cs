using System.Collections.Immutable;

namespace BankPortal.Web.Components.Layout;

/// <summary>A group of links for everybody who has one of <paramref name="Roles"/>; no roles means every signed-in person.</summary>
public sealed record NavSection(string Title, ImmutableArray<string> Roles, ImmutableArray<NavItem> Items);
