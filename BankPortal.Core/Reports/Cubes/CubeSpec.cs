using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Which combinations of values are summed up for each day. A report is answered from the first cube of its subject that has all its
/// break-downs and filters; the cubes of a subject are small because none has all of them.
/// </summary>
/// <param name="Name">The stored name: never changed.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Dimensions">Its dimensions besides time, in the order of the keys.</param>
/// <param name="HasDistribution">Whether the distribution of amounts is kept.</param>
public sealed record CubeSpec(string Name, ReportSubject Subject, ImmutableArray<ReportDimension> Dimensions, bool HasDistribution = false)
{
    /// <summary>Movements with the cohort of the account.</summary>
    public static CubeSpec Flow { get; } = new("flow", ReportSubject.Transactions,
    [
        ReportDimension.Kind, ReportDimension.Direction, ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Outcome,
    ]);

    /// <summary>Movements with the hour.</summary>
    public static CubeSpec Clock { get; } = new("clock", ReportSubject.Transactions,
    [
        ReportDimension.Kind, ReportDimension.Direction, ReportDimension.AccountType, ReportDimension.Hour, ReportDimension.Outcome,
    ]);

    /// <summary>Movements with the distribution of their amounts.</summary>
    public static CubeSpec Amounts { get; } = new("amounts", ReportSubject.Transactions,
    [
        ReportDimension.Kind, ReportDimension.Direction, ReportDimension.AccountType, ReportDimension.Band, ReportDimension.Outcome,
    ], HasDistribution: true);

    /// <summary>Movements with their category.</summary>
    public static CubeSpec Categories { get; } = new("categories", ReportSubject.Transactions,
    [
        ReportDimension.Kind, ReportDimension.Direction, ReportDimension.AccountType, ReportDimension.Category, ReportDimension.Outcome,
    ]);

    /// <summary>Flagged transfers.</summary>
    public static CubeSpec Alerts { get; } = new("alerts", ReportSubject.Alerts,
        [ReportDimension.Kind, ReportDimension.Outcome, ReportDimension.Rule, ReportDimension.Band], HasDistribution: true);

    /// <summary>Flagged transfers with the hour.</summary>
    public static CubeSpec AlertClock { get; } = new("alert-clock", ReportSubject.Alerts,
        [ReportDimension.Kind, ReportDimension.Outcome, ReportDimension.Hour]);

    /// <summary>Accounts at the end of the day.</summary>
    public static CubeSpec Accounts { get; } = new("accounts", ReportSubject.Accounts,
        [ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Status]);

    /// <summary>Balances at the end of the day.</summary>
    public static CubeSpec Deposits { get; } = new("deposits", ReportSubject.Deposits,
        [ReportDimension.AccountType, ReportDimension.Cohort, ReportDimension.Band]);

    /// <summary>The largest depositors at the end of the day.</summary>
    public static CubeSpec Depositors { get; } = new("depositors", ReportSubject.Deposits, [ReportDimension.Rank]);

    /// <summary>Customers at the end of the day, by where they stand.</summary>
    public static CubeSpec Customers { get; } = new("customers", ReportSubject.Customers,
        [ReportDimension.Status, ReportDimension.Cohort]);

    /// <summary>Customers at the end of the day, by how far they have come.</summary>
    public static CubeSpec Funnel { get; } = new("funnel", ReportSubject.Customers, [ReportDimension.Step, ReportDimension.Cohort]);

    /// <summary>Closed cases.</summary>
    public static CubeSpec Cases { get; } = new("cases", ReportSubject.Cases,
        [ReportDimension.CaseKind, ReportDimension.Outcome, ReportDimension.Age]);

    /// <summary>Security events.</summary>
    public static CubeSpec SignIns { get; } = new("sign-ins", ReportSubject.SignIns, [ReportDimension.Event, ReportDimension.Outcome]);

    /// <summary>Loans at the end of the day, as the module Lending gives them.</summary>
    public static CubeSpec Loans { get; } = new("loans", ReportSubject.Loans,
        [ReportDimension.Product, ReportDimension.Bucket, ReportDimension.Vintage, ReportDimension.Status]);

    /// <summary>All cubes, in the order in which they are tried.</summary>
    public static ImmutableArray<CubeSpec> All { get; } =
    [
        Flow, Clock, Amounts, Categories, Alerts, AlertClock, Accounts, Deposits, Depositors, Customers, Funnel, Cases, SignIns, Loans,
    ];

    /// <summary>The series under which the cells of a currency are kept. Customers and sign-ins have none.</summary>
    public string ScopeOf(Currency currency) => ReportVocabulary.HasAmounts(Subject) ? currency.Code : "all";

    /// <summary>Whether it can answer the definition.</summary>
    public bool Covers(ReportDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Subject == definition.Subject
            && !definition.Measures.Contains(ReportMeasure.Distinct)
            && (HasDistribution || !definition.Measures.Any(ReportVocabulary.IsPercentile))
            && definition.Groups.Concat(definition.Filters.Keys)
                .Where(dimension => !ReportVocabulary.IsTime(dimension))
                .All(dimension => Dimensions.Contains(StoredFor(dimension)));
    }

    /// <summary>The cube that answers the definition; <see langword="null"/> when only the rows can.</summary>
    public static CubeSpec? For(ReportDefinition definition) => All.FirstOrDefault(cube => cube.Covers(definition));

    /// <summary>A cube with just what the definition asks for, to be filled from the rows.</summary>
    public static CubeSpec Special(ReportDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new CubeSpec(
            "special",
            definition.Subject,
            [.. definition.Groups.Concat(definition.Filters.Keys)
                .Where(dimension => !ReportVocabulary.IsTime(dimension)).Select(StoredFor).Distinct().Order()],
            definition.Measures.Any(ReportVocabulary.IsPercentile));
    }

    /// <summary>The kept dimension that a dimension follows from: the channel follows from the kind.</summary>
    public static ReportDimension StoredFor(ReportDimension dimension) =>
        dimension == ReportDimension.Channel ? ReportDimension.Kind : dimension;
}
