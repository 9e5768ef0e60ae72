namespace BankPortal.Bench.Costs;

/// <summary>What one operation takes.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="RoundTrips">How many of them wait for one another.</param>
/// <param name="ReadUnits">Read request units.</param>
/// <param name="WriteUnits">Write request units.</param>
/// <param name="DollarsPerMillion">Dollars for a million of them.</param>
/// <param name="Reported">Units of both kinds as the engine reports them; <see langword="null"/> where it left some out.</param>
/// <param name="Details">Each request.</param>
internal sealed record OperationCost(
    string Name,
    int Requests,
    int RoundTrips,
    decimal ReadUnits,
    decimal WriteUnits,
    decimal DollarsPerMillion,
    decimal? Reported,
    IReadOnlyList<MeteredRequest> Details
)
{
    public static OperationCost Of(string name, IReadOnlyList<MeteredRequest> requests)
    {
        var units = requests.Aggregate(Units.None, (sum, request) => sum + request.Computed);
        return new OperationCost(
            name,
            requests.Count,
            RoundTripsOf(requests),
            units.Read,
            units.Write,
            Prices.OfAMillion(units),
            requests.Any(request => request.Reported is null) ? null : requests.Sum(request => request.Reported),
            requests);
    }

    // The longest chain of requests that each began after the one before had ended.
    private static int RoundTripsOf(IEnumerable<MeteredRequest> requests)
    {
        var (chain, lastEnd) = (0, long.MinValue);
        foreach (var request in requests.OrderBy(request => request.End).Where(request => request.Start > lastEnd))
        {
            (chain, lastEnd) = (chain + 1, request.End);
        }

        return chain;
    }
}
