namespace BankPortal.Infrastructure.Notifications;

/// <summary>A mail server.</summary>
public sealed class SmtpOptions
{
    /// <summary>The server's name.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port; 587 is the one for submission.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection is encrypted (STARTTLS). Only a server on this machine may do without.</summary>
    public bool Encrypt { get; set; } = true;

    /// <summary>The user name, if the server wants one.</summary>
    public string? User { get; set; }

    /// <summary>The password, from a secret store.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>The sender's name.</summary>
    public string FromName { get; set; } = "BankPortal";

    /// <summary>How long a delivery to the server may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
