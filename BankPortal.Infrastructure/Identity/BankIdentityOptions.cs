namespace BankPortal.Infrastructure.Identity;

/// <summary>The rules of signing in, section <c>Identity</c> of the configuration. Checked at start.</summary>
public sealed class BankIdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Identity";

    /// <summary>The failed attempts after which a user is locked.</summary>
    public int LockoutAttempts { get; set; } = 5;

    /// <summary>How long the lock lasts.</summary>
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The PBKDF2 iterations of a password hash. Raising it re-hashes each password at its next use.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>The passwords that are hashed at once; one for each core.</summary>
    public int HashesAtOnce { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// The passwords that wait to be hashed beyond those; whoever comes then is asked to come back. A core hashes some eight a second, so
    /// on two cores the last of 200 waits for twelve seconds.
    /// </summary>
    public int HashesWaiting { get; set; } = 200;

    /// <summary>
    /// Whether signing in needs a confirmed e-mail address. Registration relies on it: without, whoever registers an address can
    /// find out by signing in whether it had an account before.
    /// </summary>
    public bool RequireConfirmedEmail { get; set; } = true;

    /// <summary>How long a password-reset link works.</summary>
    public TimeSpan PasswordResetLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the links that confirm an e-mail address work.</summary>
    public TimeSpan EmailConfirmationLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often at most the credentials behind a session are checked for changes.</summary>
    public TimeSpan SecurityStampInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Who becomes the first administrator.</summary>
    public FirstAdminOptions FirstAdmin { get; set; } = new();
}
