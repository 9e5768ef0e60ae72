using BankPortal.Core.Statements;
using BankPortal.Infrastructure.Dynamo.Documents;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Statements.Formats;
using BankPortal.Infrastructure.Statements.Pdf;

namespace BankPortal.Infrastructure.Statements;

/// <summary>Registers the module Statements.</summary>
public static class StatementsServiceCollectionExtensions
{
    /// <summary>
    /// Adds statements, their formats and the job that announces them, configured by the section <c>Statements</c>. Needs the modules
    /// Accounts and Ledger, an <c>ICustomerDirectory</c>, an <c>IFieldProtector</c> and a <c>DynamoDatabase</c>.
    /// </summary>
    public static IServiceCollection AddStatements(this IServiceCollection services)
    {
        services.AddValidatedOptions<StatementOptions, StatementOptionsValidator>(StatementOptions.Section);
        services.AddDocuments();
        services.AddSingleton<IStatementWriter, PdfStatementWriter>();
        services.AddSingleton<IStatementWriter, CsvStatementWriter>();
        services.AddSingleton<IStatementWriter, XlsxStatementWriter>();
        services.AddSingleton<IStatementWriter, OfxStatementWriter>();
        services.AddSingleton<IStatementWriter, QifStatementWriter>();
        services.AddSingleton<IStatementWriter, CamtStatementWriter>();
        services.AddSingleton<IStatementWriter, Mt940StatementWriter>();
        services.AddSingleton<StatementService>();
        services.AddBankJob<StatementReadyJob>();
        return services;
    }
}
