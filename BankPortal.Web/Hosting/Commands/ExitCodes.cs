namespace BankPortal.Web.Hosting.Commands;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command ran and found or met something wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command was called in a wrong way; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The portal cannot start: its configuration or its database is not in order.</summary>
    public const int CannotStart = 3;

    /// <summary>The command did everything, and something about it needs a person's eye.</summary>
    public const int Warnings = 4;

    /// <summary>Ended by Ctrl+C, as shells number it.</summary>
    public const int Interrupted = 130;
}
