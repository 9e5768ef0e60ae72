namespace BankPortal.Web.Hosting;

/// <summary>Settings of the frame around the pages; section <c>Shell</c>.</summary>
public sealed class ShellOptions
{
    public const string Section = "Shell";

    /// <summary>The bank's own time zone (IANA name): used until a visitor's zone is known.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The culture of numbers and dates for visitors whose browser asks for none that we support.</summary>
    public string DefaultCulture { get; set; } = "en-US";

    /// <summary>
    /// Origins, besides the portal's own host, whose pages may open a circuit: for a proxy that changes the host name.
    /// Each is a scheme and an authority, such as <c>https://bank.example</c>.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];
}
