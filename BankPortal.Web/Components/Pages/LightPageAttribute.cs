namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Marks an interactive page that has no control of the component library on it, so that its document is sent without the
/// library's style sheet and script. Toasts work: the first one brings the library.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LightPageAttribute : Attribute;
