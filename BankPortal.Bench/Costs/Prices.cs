namespace BankPortal.Bench.Costs;

/// <summary>
/// The list prices of DynamoDB on demand, Standard table class, in us-east-1 as announced for November 2024 and last known
/// in November 2026. Other regions cost more. The reader should look them up.
/// </summary>
internal static class Prices
{
    public const decimal PerMillionWrites = 0.625m;
    public const decimal PerMillionReads = 0.125m;
    public const string Source =
        "us-east-1, on demand, Standard table class: $0.625 for a million write request units, $0.125 for a million read request units (since November 2024)";

    /// <summary>Dollars for a million operations that take these units.</summary>
    public static decimal OfAMillion(Units units) => (units.Write * PerMillionWrites) + (units.Read * PerMillionReads);
}
