namespace BankPortal.Core.Fraud.Cases;

/// <summary>Finds dispositions through the cases that transfers are in. Stateless, thread-safe.</summary>
public sealed class Dispositions(ICaseStore store) : IDispositions
{
    private const int AtOnce = 100;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, CaseDisposition>> FindAsync(
        IReadOnlyCollection<string> transferIds, CancellationToken ct = default)
    {
        var found = new Dictionary<string, CaseDisposition>(StringComparer.Ordinal);
        var cases = new Dictionary<string, Case>(StringComparer.Ordinal);
        foreach (var ids in transferIds.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var alerts = await store.FindAlertsAsync(ids, ct);
            var unknown = alerts.Values.SelectMany(alert => alert.Cases.Values).Where(id => !cases.ContainsKey(id)).Distinct(
                StringComparer.Ordinal).ToList();
            foreach (var (id, known) in await store.FindManyAsync(unknown, ct))
            {
                cases[id] = known;
            }

            foreach (var alert in alerts.Values)
            {
                var worst = alert.Cases.Values.Select(id => cases.GetValueOrDefault(id)?.Disposition).Max();
                if (worst is { } disposition)
                {
                    found[alert.TransferId] = disposition;
                }
            }
        }

        return found;
    }
}
