namespace BankPortal.Core.Notifications.Preferences;

/// <summary>The signed-in person's own preferences. Nobody reads or changes another person's. Stateless, thread-safe.</summary>
public sealed class NotificationPreferencesService(INotificationPreferencesStore store)
{
    /// <summary>Reads the actor's preferences.</summary>
    public async Task<NotificationPreferences> GetAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return (await store.FindManyAsync([actor.UserId], ct)).GetValueOrDefault(actor.UserId) ?? NotificationPreferences.Default;
    }

    /// <summary>Stores the actor's preferences, unless they were changed elsewhere since they were read.</summary>
    /// <returns>The stored preferences; a refusal that names the field.</returns>
    public async Task<Result<NotificationPreferences>> SaveAsync(
        Actor actor, NotificationPreferences preferences, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(preferences);
        if (preferences.QuietFrom is null != preferences.QuietTo is null)
        {
            return new InvalidInputError(
                preferences.QuietFrom is null ? nameof(preferences.QuietFrom) : nameof(preferences.QuietTo),
                "Quiet hours need a beginning and an end.");
        }

        if (preferences.QuietFrom is { } from && from == preferences.QuietTo)
        {
            return new InvalidInputError(nameof(preferences.QuietTo), "Quiet hours must end at another time than they begin.");
        }

        if (preferences.TimeZoneId is { } zone && (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            return new InvalidInputError(nameof(preferences.TimeZoneId), "That is no time zone.");
        }

        // What cannot be switched off is not stored as switched off.
        var stored = preferences with
        {
            Silent = preferences.Silent.Remove(AlertKind.Security),
            Version = preferences.Version + 1,
        };
        return await store.TrySaveAsync(actor.UserId, stored, preferences.Version, ct) ? stored : new PreferencesChangedError();
    }
}
