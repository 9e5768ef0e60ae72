namespace BankPortal.Web.Features.Home;

/// <summary>Gives the figures of the manager's start page that other modules compute. Implementations are thread-safe.</summary>
public interface IManagerHeadlines
{
    /// <summary>Reads the most important figure of a report that comes with the portal.</summary>
    /// <param name="actor">Who asks; the implementation checks the role.</param>
    /// <param name="report">The report's name, such as <c>loan-performance</c>.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The figure; <see langword="null"/> when there is none.</returns>
    Task<ManagerHeadline?> ReadAsync(Actor actor, string report, CancellationToken ct = default);
}

/// <summary>A figure as the start page shows it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure; <see langword="null"/> when there is no data yet.</param>
/// <param name="Comparison">What it is compared with, as a sentence; <see langword="null"/> when with nothing.</param>
/// <param name="Trend">The figures before it, the oldest first; empty when there are none.</param>
/// <param name="TrendText">What the trend shows, as a sentence.</param>
/// <param name="Note">What to know about it; <see langword="null"/> when nothing is.</param>
public sealed record ManagerHeadline(
    string Label, string? Value, string? Comparison, ImmutableArray<decimal> Trend, string TrendText, string? Note);
