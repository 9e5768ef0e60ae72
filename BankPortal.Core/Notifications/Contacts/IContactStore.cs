using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications.Contacts;

/// <summary>Stores the addresses of people, the codes that confirm them, and how many messages were sent for that. Addresses are
/// encrypted, codes hashed. Implementations are thread-safe; reads are strongly consistent.</summary>
public interface IContactStore
{
    /// <summary>Reads a person's addresses.</summary>
    Task<ImmutableArray<ContactPoint>> ListAsync(string personId, CancellationToken ct = default);

    /// <summary>Reads a person's address of a channel; <see langword="null"/> when there is none.</summary>
    Task<ContactPoint?> FindAsync(string personId, DeliveryChannel channel, CancellationToken ct = default);

    /// <summary>Stores an address when the stored one still has <see cref="ContactPoint.Version"/>; 0 means that there is none.</summary>
    /// <returns>What is stored now, with its new version; <see langword="null"/> when it was changed meanwhile.</returns>
    Task<ContactPoint?> TrySaveAsync(ContactPoint contact, CancellationToken ct = default);

    /// <summary>Removes a person's address of a channel, if there is one.</summary>
    Task DeleteAsync(string personId, DeliveryChannel channel, CancellationToken ct = default);

    /// <summary>Counts a message that asks for a confirmation, for the person and for the address, unless one of them has had
    /// <paramref name="most"/> on that day (UTC).</summary>
    /// <returns>Whether it may be sent.</returns>
    Task<bool> TryCountAsync(string personId, string address, int most, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Stores the code that was sent to a number, in place of an earlier one.</summary>
    Task SaveCodeAsync(string personId, SentCode sent, string code, CancellationToken ct = default);

    /// <summary>Reads what is known of the code that was sent last; <see langword="null"/> when there is none. It may have
    /// expired.</summary>
    Task<SentCode?> FindCodeAsync(string personId, CancellationToken ct = default);

    /// <summary>Counts a try and compares the code.</summary>
    /// <returns>The number that the code was sent to and whether the code is right; <see langword="null"/> when there is no code, it has
    /// expired, or <paramref name="most"/> tries were made.</returns>
    Task<CodeTry?> TryCodeAsync(string personId, string code, int most, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Forgets the code that was sent last.</summary>
    Task DeleteCodeAsync(string personId, CancellationToken ct = default);
}

/// <summary>A code that was sent.</summary>
/// <param name="Number">The telephone number in E.164 form.</param>
/// <param name="SentAt">When.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
public sealed record SentCode(string Number, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);

/// <summary>A try to confirm a number.</summary>
/// <param name="Number">The telephone number that the code was sent to.</param>
/// <param name="IsRight">Whether the code is right.</param>
/// <param name="TriesLeft">How many more tries there are.</param>
public sealed record CodeTry(string Number, bool IsRight, int TriesLeft);
