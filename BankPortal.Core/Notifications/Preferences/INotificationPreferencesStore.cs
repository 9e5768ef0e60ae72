namespace BankPortal.Core.Notifications.Preferences;

/// <summary>Stores what people chose about alerts. Implementations are thread-safe; reads are strongly consistent.</summary>
public interface INotificationPreferencesStore
{
    /// <summary>Reads the preferences of several people in as few round trips as possible; those who chose nothing are left out.</summary>
    Task<IReadOnlyDictionary<string, NotificationPreferences>> FindManyAsync(
        IReadOnlyCollection<string> personIds, CancellationToken ct = default);

    /// <summary>Stores preferences when the stored ones still have the version <paramref name="expectedVersion"/>.</summary>
    /// <returns>Whether it was stored.</returns>
    Task<bool> TrySaveAsync(string personId, NotificationPreferences preferences, long expectedVersion, CancellationToken ct = default);
}
