namespace BankPortal.Web.Components.Layout;

/// <summary>The theme a visitor chose, remembered in a cookie so that the first byte of a page already has the right colours.</summary>
public static class ThemeChoice
{
    public const string Cookie = "theme";

    /// <summary>"light", "dark" or, when nothing valid was chosen, "system".</summary>
    public static string From(HttpRequest? request) =>
        request?.Cookies[Cookie] is "light" or "dark" ? request.Cookies[Cookie]! : "system";
}
