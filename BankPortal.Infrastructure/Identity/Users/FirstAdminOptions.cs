namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Who becomes the first administrator. Works once per database; later administrators are made by the first.</summary>
public sealed class FirstAdminOptions
{
    /// <summary>The e-mail address whose owner becomes administrator on signing in with it confirmed.</summary>
    public string? Email { get; set; }

    /// <summary>
    /// A one-time token that makes whoever presents it administrator. At least 24 characters; from a secret store, never from a
    /// file in a repository.
    /// </summary>
    public string? SetupToken { get; set; }
}
