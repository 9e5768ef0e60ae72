using BankPortal.Core.Fraud.Lists;
using BankPortal.Core.Fraud.Simulation;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Infrastructure.Fraud;
using BankPortal.Infrastructure.Fraud.Simulation;
using BankPortal.Infrastructure.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Bench;

/// <summary>
/// Plays a labelled month through the bank on a clock of its own, and shows what the shipped rules caught and whom they troubled.
/// </summary>
internal static class SimulationBench
{
    public static async Task<object> RunAsync(BenchOptions options)
    {
        var time = new SimulatedTime();
        var plan = TrafficPlanner.Make(
            new SimulationOptions
            {
                Seed = options.Seed,
                Customers = options.Customers,
                SchemesOfEach = options.Schemes,
            }
        );
        time.Set(plan.Options.Start.AddDays(-1));
        await using var bank = await BenchBank.StartAsync(builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            builder.Services.AddIdentity();
            builder.Services.AddSingleton(provider => new StepUpPolicy(provider.GetRequiredService<TimeProvider>(), TimeSpan.FromHours(1)));
            builder.Services.AddFraud();

            // The ledger's own limits count again here: they are part of what stops a scheme.
            builder.Configuration["Ledger:Checking:PerTransfer"] = "10000";
            builder.Configuration["Ledger:Checking:PerDay"] = "20000";
            builder.Configuration["Fraud:Budget"] = "00:00:30";
        });
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A simulated month after {plan.Options.WarmUpDays} quiet days: seed {options.Seed}, {options.Customers} honest customers, {options.Schemes} schemes of each typology, {plan.Events.Length:N0} events"
            )
        );
        var simulated = new SimulatedBank(
            bank.Get<ICustomerRegistry>(),
            bank.Get<IServiceScopeFactory>(),
            bank.Get<IRiskListStore>(),
            (at, _) =>
            {
                time.Set(at);
                return Task.FromResult(at);
            });
        var start = Stopwatch.GetTimestamp();
        var report = await new TrafficSimulator(
            simulated, bank.Accounts, bank.Get<TransferService>(), bank.Get<PaymentConfirmations>(), bank.Ledger).PlayAsync(
            plan,
            "bench"
        );
        Print(report);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Played in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s."));
        await bank.VerifyAsync();
        Console.WriteLine("The ledger is in order afterwards.");
        Console.WriteLine();
        return new
        {
            options.Seed,
            report.Normal,
            report.NormalFlagged,
            report.NormalHeld,
            report.FalsePositiveRate,
            typologies = report.Typologies.Select(t => new
            {
                typology = t.Typology.ToString(),
                t.Schemes,
                t.Caught,
                t.Recall,
                t.Movements,
                t.Flagged,
            }),
            rules = report.Rules.ToDictionary(
                rule => rule.Key,
                rule => new { honest = rule.Value.Normal, schemes = rule.Value.Schemes },
                StringComparer.Ordinal
            ),
        };
    }

    private static void Print(SimulationReport report)
    {
        var table = new TextTable("typology", "schemes", "caught", "recall", "movements", "flagged");
        foreach (var t in report.Typologies)
        {
            table.Add(
                t.Typology.ToString(),
                Number(t.Schemes),
                Number(t.Caught),
                t.Recall.ToString("P0", CultureInfo.InvariantCulture),
                Number(t.Movements),
                Number(t.Flagged)
            );
        }

        table.Print();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Honest movements: {report.Normal:N0}, flagged {report.NormalFlagged} ({report.FalsePositiveRate:P2}), of which held {report.NormalHeld}. Refused by other rules: {report.Refused}."
            )
        );
        var rules = new TextTable("rule fired", "on honest movements", "on those of schemes");
        foreach (var (rule, (honest, schemes)) in report.Rules)
        {
            rules.Add(rule, Number(honest), Number(schemes));
        }

        rules.Print();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
