using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Scheduling.Requests;

/// <summary>The events of requests for money. Their ids are derived, so an event that is raised again is one event.</summary>
public static class PaymentRequestEvents
{
    /// <summary>The event for the payer.</summary>
    internal static BankEvent RequestedBy(PaymentRequest request) =>
        Make(BankEventKinds.PaymentRequested, request.PayerId, request, request.CreatedAt, null);

    /// <summary>The event for the asker.</summary>
    internal static BankEvent AcceptedBy(PaymentRequest request, DateTimeOffset at, string reference) =>
        Make(BankEventKinds.PaymentRequestAccepted, request.AskerId, request, at, reference);

    /// <summary>The event for the asker.</summary>
    internal static BankEvent DeclinedBy(PaymentRequest request, DateTimeOffset at) =>
        Make(BankEventKinds.PaymentRequestDeclined, request.AskerId, request, at, null);

    private static BankEvent Make(string kind, string personId, PaymentRequest request, DateTimeOffset at, string? reference)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["request"] = request.Id,
            ["amount"] = request.Amount.Amount.ToString(CultureInfo.InvariantCulture),
            ["currency"] = request.Amount.Currency.Code,
        };
        if (kind == BankEventKinds.PaymentRequested)
        {
            facts["asker"] = request.AskerName;
            facts["day"] = request.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
        else
        {
            facts["account"] = request.ToAccountId;
            facts["payer"] = request.PayerName;
        }

        if (reference is not null)
        {
            facts["reference"] = reference;
        }

        return new BankEvent(DerivedId.From(kind, request.Id), kind, personId, at, facts);
    }
}
