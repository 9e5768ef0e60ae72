namespace BankPortal.Web.Components.Pages;

/// <summary>How a live page is kept up to date; see <see cref="InteractivePage.Live"/>.</summary>
/// <param name="Pause">The shortest time between two readings.</param>
/// <param name="Every">How often to read without a notice, for changes by other nodes; <see langword="null"/> to read only after notices
/// of this process.</param>
public sealed record LivePlan(TimeSpan Pause, TimeSpan? Every = null);
