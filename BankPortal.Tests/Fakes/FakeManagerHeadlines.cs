using BankPortal.Web.Features.Home;

namespace BankPortal.Tests.Fakes;

/// <summary>Figures of reports, as a test sets them.</summary>
public sealed class FakeManagerHeadlines : IManagerHeadlines
{
    /// <summary>The figures by the name of the report.</summary>
    public Dictionary<string, ManagerHeadline> Figures { get; } = new(StringComparer.Ordinal);

    public Task<ManagerHeadline?> ReadAsync(Actor actor, string report, CancellationToken ct = default) =>
        Task.FromResult(Figures.GetValueOrDefault(report));
}
