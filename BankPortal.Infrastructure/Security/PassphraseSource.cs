namespace BankPortal.Infrastructure.Security;

/// <summary>Where the passphrase comes from that a key was encrypted with. Stored by name: names must not change.</summary>
internal enum PassphraseSource
{
    /// <summary>The file that <see cref="SecurityOptions.KeyRingPassphraseFile"/> names.</summary>
    Configured,

    /// <summary>The random key beside the file of the embedded engine.</summary>
    Local,
}
