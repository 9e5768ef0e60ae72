using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>A passkey of a person, as its owner sees it.</summary>
/// <param name="Id">Identifies it in addresses; neither secret nor usable for signing in.</param>
/// <param name="Info">What the framework knows of it.</param>
/// <param name="LastUsedAt">When it was last used; <see langword="null"/> when it never was.</param>
public sealed record BankPasskey(string Id, UserPasskeyInfo Info, DateTimeOffset? LastUsedAt);

/// <summary>How a valid assertion of a passkey was taken by the store.</summary>
internal enum PasskeyUse
{
    /// <summary>It was taken: the counter and the time of use are stored.</summary>
    Used,

    /// <summary>The passkey was removed meanwhile.</summary>
    Gone,

    /// <summary>
    /// The signature counter is not above the stored one: the passkey may have been copied, or the assertion was used before.
    /// </summary>
    CounterWentBack,
}
