namespace BankPortal.Core.Notifications.Preferences;

/// <summary>The preferences were changed in another tab or device since they were read.</summary>
public sealed record PreferencesChangedError() : Error("These settings were changed elsewhere. Look at them as they are now, then save again.");
