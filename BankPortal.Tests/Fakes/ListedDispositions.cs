namespace BankPortal.Tests.Fakes;

/// <summary>Dispositions out of a list.</summary>
public sealed class ListedDispositions : IDispositions
{
    public Dictionary<string, CaseDisposition> Known { get; } = new(StringComparer.Ordinal);

    public Task<IReadOnlyDictionary<string, CaseDisposition>> FindAsync(
        IReadOnlyCollection<string> transferIds,
        CancellationToken ct = default
    ) =>
        Task.FromResult<IReadOnlyDictionary<string, CaseDisposition>>(
            Known.Where(known => transferIds.Contains(known.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal));
}
