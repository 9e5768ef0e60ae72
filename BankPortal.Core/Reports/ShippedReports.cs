using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>A report that every bank has.</summary>
/// <param name="Name">The name in its address: never changed.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What it shows, in a sentence.</param>
/// <param name="Sections">Its tables with their charts.</param>
/// <param name="Headline">Its most important figure.</param>
public sealed record ShippedReport(
    string Name, string Title, string Text, ImmutableArray<ReportSection> Sections, HeadlineSpec Headline);

/// <summary>A part of a shipped report.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Text">What it shows and how it is defined.</param>
/// <param name="Definition">What is computed.</param>
public sealed record ReportSection(string Title, string Text, ReportDefinition Definition);

/// <summary>How the headline figure of a report is made of one or two sums. The definitions have no break-down.</summary>
/// <param name="Label">What the figure is.</param>
/// <param name="Form">How the sums are put together.</param>
/// <param name="First">The first sum.</param>
/// <param name="Second">The second sum.</param>
/// <param name="RisesAreGood">Whether more is better; <see langword="null"/> when neither is.</param>
public sealed record HeadlineSpec(
    string Label, HeadlineForm Form, ReportDefinition First, ReportDefinition? Second = null, bool? RisesAreGood = true);

/// <summary>How a headline is put together.</summary>
public enum HeadlineForm
{
    /// <summary>The first sum.</summary>
    Value,

    /// <summary>The first sum less the second.</summary>
    Difference,

    /// <summary>The first sum as a part of the second.</summary>
    Ratio,
}

/// <summary>The reports that every bank has.</summary>
public static class ShippedReports
{
    private const string TwelveMonths = "last-12-months";
    private static readonly ImmutableArray<ReportMeasure> SumAndCount = [ReportMeasure.Sum, ReportMeasure.Count];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static ImmutableArray<ShippedReport> All { get; } =
    [
        DepositGrowth(), CustomerAcquisition(), LoanPerformance(), TransactionMix(), Liquidity(), InterestMargin(), ChannelUse(),
        FraudLosses(),
    ];

    /// <summary>The report of that name; <see langword="null"/> when there is none.</summary>
    public static ShippedReport? Find(string name) => All.FirstOrDefault(report => report.Name == name);

    private static ReportDefinition Posted(params ImmutableArray<ReportDimension> by) =>
        new ReportDefinition { Subject = ReportSubject.Transactions, Measures = SumAndCount, By = by, Period = new(TwelveMonths) }
            .Where(ReportDimension.Outcome, nameof(TransferStatus.Posted));

    private static ReportDefinition Of(
        ReportSubject subject, ImmutableArray<ReportMeasure> measures, params ImmutableArray<ReportDimension> by) =>
        new() { Subject = subject, Measures = measures, By = by, Period = new(TwelveMonths) };

    private static ShippedReport DepositGrowth() => new(
        "deposit-growth",
        "Deposit growth",
        "How much customers keep with the bank, how it grows, and in which accounts.",
        [
            new(
                "Deposits by month",
                "All balances at the end of each month, and the growth over the month before.",
                Of(ReportSubject.Deposits, [ReportMeasure.Sum, ReportMeasure.Growth, ReportMeasure.Count], ReportDimension.Month)),
            new(
                "By account type",
                "Balances at the end of each month, checking and savings apart.",
                Of(ReportSubject.Deposits, [ReportMeasure.Sum], ReportDimension.Month) with { Pivot = ReportDimension.AccountType }),
            new(
                "By size",
                "How many accounts hold how much today.",
                Of(ReportSubject.Deposits, [ReportMeasure.Sum, ReportMeasure.Count, ReportMeasure.Share], ReportDimension.Band) with
                {
                    Period = new("today"),
                }),
        ],
        new("Deposits", HeadlineForm.Value, Of(ReportSubject.Deposits, [ReportMeasure.Sum])));

    private static ShippedReport CustomerAcquisition() => new(
        "customer-acquisition",
        "Customer acquisition",
        "How many customers join, stay and leave, and how far new ones come.",
        [
            new(
                "Standing by month",
                "New: joined within 30 days. Active: money moved within 90 days. Dormant: none moved, but there is a balance. "
                + "Churned: none moved and nothing is left. A customer joins with the first account on which something is booked.",
                Of(ReportSubject.Customers, [ReportMeasure.Count], ReportDimension.Month) with { Pivot = ReportDimension.Status }),
            new(
                "Retention by month of joining",
                "Customers who are new or active at the end of each month, by the month in which they joined.",
                Of(ReportSubject.Customers, [ReportMeasure.Count], ReportDimension.Cohort) with { Pivot = ReportDimension.Month }),
            new(
                "From account to regular use",
                "How many customers have an account, paid money in, paid money out, and moved money within the last 30 days.",
                Of(ReportSubject.Customers, [ReportMeasure.Count], ReportDimension.Step) with { Period = new("today") }),
        ],
        new(
            "New customers",
            HeadlineForm.Value,
            Of(ReportSubject.Customers, [ReportMeasure.Count]).Where(ReportDimension.Status, nameof(CustomerStanding.New))));

    private static ShippedReport LoanPerformance() => new(
        "loan-performance",
        "Loan performance",
        "What borrowers owe, how much of it is overdue, and how loans of each month fare.",
        [
            new(
                "Loan book by status",
                "Loans and what they owe at the end of each month.",
                Of(ReportSubject.Loans, SumAndCount, ReportDimension.Month) with { Pivot = ReportDimension.Status }),
            new(
                "Days overdue",
                "What is owed by loans of each bucket, as a part of the month's book.",
                Of(ReportSubject.Loans, [ReportMeasure.Sum, ReportMeasure.Share], ReportDimension.Month, ReportDimension.Bucket)),
            new(
                "By month paid out",
                "Loans of each month and what became of them.",
                Of(ReportSubject.Loans, SumAndCount, ReportDimension.Vintage) with
                {
                    Pivot = ReportDimension.Bucket,
                    Period = new("today"),
                }),
            new(
                "By product",
                "Loans and what they owe today.",
                Of(ReportSubject.Loans, [ReportMeasure.Sum, ReportMeasure.Count, ReportMeasure.Share], ReportDimension.Product) with
                {
                    Period = new("today"),
                }),
        ],
        new(
            "Overdue by 30 days or more",
            HeadlineForm.Ratio,
            Of(ReportSubject.Loans, [ReportMeasure.Sum]).Where(ReportDimension.Bucket, "30-59", "60-89", "90+"),
            Of(ReportSubject.Loans, [ReportMeasure.Sum]),
            RisesAreGood: false));

    private static ShippedReport TransactionMix() => new(
        "transaction-mix",
        "Transaction mix",
        "What customers use their accounts for. A transfer between two customers counts on both sides.",
        [
            new("By kind and month", "Amount and number of what was booked.", Posted(ReportDimension.Month, ReportDimension.Kind)),
            new(
                "By category",
                "What money was spent on and where it came from, by the shipped categories.",
                Posted(ReportDimension.Category) with { Measures = [ReportMeasure.Sum, ReportMeasure.Count, ReportMeasure.Share] }),
            new(
                "Size of transactions",
                "The average, the median and the largest tenth of each kind.",
                Posted(ReportDimension.Kind) with
                {
                    Measures = [ReportMeasure.Count, ReportMeasure.Average, ReportMeasure.Median, ReportMeasure.P90],
                }),
        ],
        new("Booked in 30 days", HeadlineForm.Value, Posted() with { Measures = [ReportMeasure.Sum] }));

    private static ShippedReport Liquidity() => new(
        "liquidity",
        "Liquidity",
        "What comes in and goes out day by day, and how much depends on the largest depositors.",
        [
            new(
                "In and out by day",
                "Money that reached and left customer accounts from and to outside the bank.",
                External() with { By = [ReportDimension.Day], Pivot = ReportDimension.Direction, Period = new("last-30-days") }),
            new(
                "In and out by month",
                "The same over a year.",
                External() with { By = [ReportDimension.Month], Pivot = ReportDimension.Direction }),
            new(
                "Largest depositors",
                "How much of all deposits the ten customers with the largest balances hold.",
                Of(ReportSubject.Deposits, [ReportMeasure.Sum, ReportMeasure.Share], ReportDimension.Rank) with { Period = new("today") }),
        ],
        new(
            "In less out, 30 days",
            HeadlineForm.Difference,
            External().Where(ReportDimension.Direction, "In"),
            External().Where(ReportDimension.Direction, "Out")));

    private static ReportDefinition External() => (Posted() with { Measures = [ReportMeasure.Sum] }).Where(
        ReportDimension.Kind,
        nameof(TransferKind.Deposit),
        nameof(TransferKind.Withdrawal),
        nameof(TransferKind.Purchase),
        nameof(TransferKind.Payment),
        nameof(TransferKind.Salary));

    private static ShippedReport InterestMargin() => new(
        "interest-margin",
        "Interest margin",
        "What the bank pays in interest and earns in fees on its deposits.",
        [
            new(
                "Interest and fees by month",
                "Interest is paid to customers, fees are paid by them.",
                Posted(ReportDimension.Month).Where(ReportDimension.Kind, nameof(TransferKind.Interest), nameof(TransferKind.Fee)) with
                {
                    Pivot = ReportDimension.Kind,
                }),
            new(
                "By account type",
                "The same by the type of account.",
                Posted(ReportDimension.AccountType)
                    .Where(ReportDimension.Kind, nameof(TransferKind.Interest), nameof(TransferKind.Fee)) with
                {
                    Pivot = ReportDimension.Kind,
                }),
            new(
                "Deposits that earn it",
                "Balances at the end of each month.",
                Of(ReportSubject.Deposits, [ReportMeasure.Sum], ReportDimension.Month) with { Pivot = ReportDimension.AccountType }),
        ],
        new(
            "Fees less interest, 30 days",
            HeadlineForm.Difference,
            (Posted() with { Measures = [ReportMeasure.Sum] }).Where(ReportDimension.Kind, nameof(TransferKind.Fee)),
            (Posted() with { Measures = [ReportMeasure.Sum] }).Where(ReportDimension.Kind, nameof(TransferKind.Interest))));

    private static ShippedReport ChannelUse() => new(
        "channel-use",
        "Channel use",
        "By which ways money moves, and at what hours.",
        [
            new("By month", "What was booked over each channel.", Posted(ReportDimension.Month, ReportDimension.Channel)),
            new(
                "By hour",
                "The hours of the bank's clock, over the last 90 days.",
                Posted(ReportDimension.Hour) with
                {
                    Measures = [ReportMeasure.Count],
                    Pivot = ReportDimension.Channel,
                    Period = new("last-90-days"),
                }),
        ],
        new(
            "Without the counter, 30 days",
            HeadlineForm.Ratio,
            Customers().Where(ReportDimension.Channel, "Internal", "Card", "Clearing"),
            Customers()));

    private static ReportDefinition Customers() => (Posted() with { Measures = [ReportMeasure.Count] })
        .Where(ReportDimension.Channel, "Counter", "Internal", "Card", "Clearing");

    private static ShippedReport FraudLosses() => new(
        "fraud-losses",
        "Fraud losses and saved",
        "What confirmed fraud took, and what screening and the fraud desk kept from leaving.",
        [
            new(
                "Lost by month",
                "Transfers of cases that were closed as confirmed fraud, less what was reversed by then, by the month of closing.",
                Of(ReportSubject.Cases, SumAndCount, ReportDimension.Month)
                    .Where(ReportDimension.Outcome, nameof(CaseDisposition.ConfirmedFraud))),
            new(
                "Kept from leaving",
                "Transfers that screening refused, or that were held and rejected.",
                Of(ReportSubject.Alerts, SumAndCount, ReportDimension.Month)
                    .Where(ReportDimension.Outcome, nameof(TransferStatus.Rejected), nameof(TransferStatus.Blocked)) with
                {
                    Pivot = ReportDimension.Outcome,
                }),
            new(
                "By rule",
                "Flagged transfers by the rule that weighed most, and what became of them.",
                Of(ReportSubject.Alerts, [ReportMeasure.Count], ReportDimension.Rule) with { Pivot = ReportDimension.Outcome }),
            new(
                "Closed cases",
                "By disposition and by how long they were open.",
                Of(ReportSubject.Cases, [ReportMeasure.Count], ReportDimension.Outcome) with { Pivot = ReportDimension.Age }),
        ],
        new(
            "Kept from leaving, 30 days",
            HeadlineForm.Value,
            Of(ReportSubject.Alerts, [ReportMeasure.Sum])
                .Where(ReportDimension.Outcome, nameof(TransferStatus.Rejected), nameof(TransferStatus.Blocked))));
}
