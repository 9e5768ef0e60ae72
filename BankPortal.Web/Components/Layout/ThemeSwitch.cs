namespace BankPortal.Web.Components.Layout;

/// <summary>
/// The button in every bar that switches between light and dark. Style sheet and app.js do all of it, so it works on static
/// pages and before a circuit is up: the sheet shows the one of two labels that fits the theme in use.
/// </summary>
internal static class ThemeSwitch
{
    /// <summary>The button, as HTML.</summary>
    public static MarkupString Button { get; } = new(
        "<button type=\"button\" class=\"icon-btn theme-switch\" data-theme-switch>"
            + Label("theme-to-dark", IconName.Moon, "Switch to the dark theme")
            + Label("theme-to-light", IconName.Sun, "Switch to the light theme")
            + "</button>"
    );

    private static string Label(string css, IconName icon, string text) =>
        $"<span class=\"{css}\" title=\"{text}\">{Markup.Icon(icon).Value}<span class=\"sr-only\">{text}</span></span>";
}
