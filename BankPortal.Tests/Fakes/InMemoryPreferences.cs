using BankPortal.Core.Notifications.Preferences;

namespace BankPortal.Tests.Fakes;

/// <summary>Preferences in memory.</summary>
public sealed class InMemoryPreferences : INotificationPreferencesStore
{
    private readonly Lock _gate = new();

    /// <summary>The stored preferences, by person.</summary>
    public ImmutableDictionary<string, NotificationPreferences> All { get; set; } =
        ImmutableDictionary<string, NotificationPreferences>.Empty;

    public Task<IReadOnlyDictionary<string, NotificationPreferences>> FindManyAsync(
        IReadOnlyCollection<string> personIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<string, NotificationPreferences>>(All);

    public Task<bool> TrySaveAsync(
        string personId, NotificationPreferences preferences, long expectedVersion, CancellationToken ct = default)
    {
        lock (_gate)
        {
            var isCurrent = (All.GetValueOrDefault(personId)?.Version ?? 0) == expectedVersion;
            All = isCurrent ? All.SetItem(personId, preferences) : All;
            return Task.FromResult(isCurrent);
        }
    }
}
