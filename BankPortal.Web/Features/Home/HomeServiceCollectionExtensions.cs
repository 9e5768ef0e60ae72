using BankPortal.Core.Lending.Performance;
using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Web.Features.Home;

/// <summary>Registers the module Home.</summary>
public static class HomeServiceCollectionExtensions
{
    /// <summary>Adds the figures of start pages. Needs reports and loans.</summary>
    public static IServiceCollection AddHomeFeature(this IServiceCollection services)
    {
        services.AddSingleton<IManagerHeadlines>(provider => new ManagerHeadlines(
            provider.GetRequiredService<IReportHeadlines>(),
            (actor, ct) => ActiveAsync(provider.GetRequiredService<ReportService>(), actor, ct),
            provider.GetRequiredService<LoanPerformance>(),
            () => provider.GetRequiredService<AccountService>().DefaultCurrency));
        return services;
    }

    private static async Task<decimal?> ActiveAsync(ReportService reports, Actor actor, CancellationToken ct)
    {
        var active = new ReportDefinition
        {
            Subject = ReportSubject.Customers,
            Measures = [ReportMeasure.Count],
            Period = new("today"),
        }.Where(ReportDimension.Status, "Active");
        var read = await reports.ReadAsync(actor, active, ct);
        return read is { IsSuccess: true, Value.Lines: [{ Cells: [{ } figures, ..] }, ..] } ? figures.Values[0] : null;
    }
}
