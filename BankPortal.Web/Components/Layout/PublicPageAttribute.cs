namespace BankPortal.Web.Components.Layout;

/// <summary>
/// Marks a page that is meant for everybody. Search engines may list it, with the description; all other pages tell them not to.
/// A visitor's browser may keep it for a short time, unless it has a form: see <see cref="Hosting.Security.SecurityHeaders"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute(string description) : Attribute
{
    /// <summary>What the page is about, in one or two sentences.</summary>
    public string Description { get; } = description;
}
