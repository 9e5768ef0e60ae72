using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>The events of standing orders. Their ids are derived, so an event that is raised again after a crash is one event.</summary>
public static class StandingOrderEvents
{
    /// <summary>The event about a payment.</summary>
    internal static BankEvent Of(StandingOrder order, StandingOrderRun run, string? reference) =>
        Make(run.Outcome is RunOutcome.Paid or RunOutcome.Held
            ? BankEventKinds.StandingOrderExecuted
            : BankEventKinds.StandingOrderFailed, order, run, reference, run.Refusal);

    /// <summary>The event about an order that the bank has paused.</summary>
    internal static BankEvent PausedAfter(StandingOrder order, StandingOrderRun run) =>
        Make(BankEventKinds.StandingOrderPaused, order, run, null, order.PausedFor);

    private static BankEvent Make(string kind, StandingOrder order, StandingOrderRun run, string? reference, string? reason)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["order"] = order.Id,
            ["account"] = order.FromAccountId,
            ["amount"] = run.Amount.Amount.ToString(CultureInfo.InvariantCulture),
            ["currency"] = run.Amount.Currency.Code,
            ["payee"] = order.PayeeName ?? "",
            ["day"] = run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (reference is not null)
        {
            facts["reference"] = reference;
        }

        if (kind != BankEventKinds.StandingOrderExecuted)
        {
            facts["reason"] = run.Outcome == RunOutcome.Missed ? "It was overdue for too long." : RefusalText.Of(reason);
        }

        if (run.Outcome == RunOutcome.Held)
        {
            facts["held"] = "true";
        }

        return new BankEvent(DerivedId.From(kind, order.Id, facts["day"]), kind, order.OwnerId, run.At, facts);
    }
}
