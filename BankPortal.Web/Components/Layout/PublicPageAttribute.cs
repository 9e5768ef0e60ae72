namespace BankPortal.Web.Components.Layout;

/// <summary>
/// Marks a page that is meant for everybody. Search engines may list it, with the description; all other pages tell them not to.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute(string description) : Attribute
{
    /// <summary>What the page is about, in one or two sentences.</summary>
    public string Description { get; } = description;

    /// <summary>
    /// Whether a visitor's browser may keep the page for a short time and show it again with the back button. Only for pages
    /// without forms.
    /// </summary>
    public bool MayBeKept { get; set; }
}
