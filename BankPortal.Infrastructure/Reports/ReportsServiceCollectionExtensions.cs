using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Runs;
using BankPortal.Core.Reports.Saved;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Dynamo.Runs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Reports;

/// <summary>Registers the module Reports.</summary>
public static class ReportsServiceCollectionExtensions
{
    /// <summary>
    /// Adds reports with their DynamoDB stores and jobs. Needs the modules Accounts, Analytics, Audit, Fraud, Identity, Ledger and
    /// Lending.
    /// </summary>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ICubeStore>(provider => new DynamoCubeStore(provider.GetRequiredService<DynamoDatabase>()));
        services.AddSingleton<ReportRows>();
        services.AddSingleton<CubeCounter>();
        services.AddSingleton<ICubeSource, SignInCubes>();
        services.AddSingleton<ICubeSource, CaseCubes>();
        services.AddSingleton<ICubeSource, LoanCubes>();
        services.TryAddSingleton<ILoanFigures, LoanBookFigures>();
        services.AddSingleton<ReportService>();
        services.AddSingleton<ReportDrillDown>();
        services.AddSingleton<IReportHeadlines, ReportHeadlines>();
        services.AddSingleton<IReportFileWriter, CsvReportWriter>();
        services.AddSingleton<IReportFileWriter, XlsxReportWriter>();
        services.AddSingleton<IReportFileWriter, PdfReportWriter>();
        services.AddSingleton<ISavedReportStore, DynamoSavedReportStore>();
        services.AddSingleton<SavedReportService>();
        services.AddRuns();
        services.AddSingleton<ReportRunWorker>();
        services.AddSingleton<IRunWorker>(provider => provider.GetRequiredService<ReportRunWorker>());
        services.AddSingleton<ReportRunService>();
        services.AddBankJob<CubeJob>();
        services.AddBankJob<ReportDeliveryJob>();
        return services;
    }
}
