using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Web.Features.Analytics.Reports;

/// <summary>What the analytics pages show, as it was read.</summary>
/// <param name="Period">The period that was asked for; <see langword="null"/> when the address had none.</param>
/// <param name="Read">The report, or why there is none.</param>
public sealed record ReportContent(AnalyticsPeriod? Period, Result<AnalyticsReport> Read);
