using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.Requests;
using BankPortal.Core.Scheduling.StandingOrders;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Scheduling.Requests;
using BankPortal.Infrastructure.Scheduling.StandingOrders;

namespace BankPortal.Infrastructure.Scheduling;

/// <summary>Registers the module Scheduling.</summary>
public static class SchedulingServiceCollectionExtensions
{
    /// <summary>
    /// Adds standing orders, their DynamoDB store and the job that executes them, and requests for money, configured by the section
    /// <c>Scheduling</c>. Needs the modules Accounts and Ledger and an <c>IBusinessCalendar</c>.
    /// </summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddValidatedOptions<SchedulingOptions, SchedulingOptionsValidator>(SchedulingOptions.Section);
        services.AddEvents();
        services.AddSingleton<SchedulingClock>();
        services.AddSingleton<StandingOrderPlan>();
        services.AddSingleton<IStandingOrderStore, DynamoStandingOrderStore>();
        services.AddSingleton<StandingOrderRunner>();
        services.AddSingleton<StandingOrderService>();
        services.AddSingleton<IPaymentRequestStore, DynamoPaymentRequestStore>();
        services.AddSingleton<PaymentRequestService>();
        services.AddBankJob<StandingOrderJob>();
        return services;
    }
}
