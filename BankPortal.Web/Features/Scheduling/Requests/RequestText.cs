using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Web.Features.Scheduling.Requests;

/// <summary>Requests for money in text.</summary>
internal static class RequestText
{
    /// <summary>What became of a request.</summary>
    public static MarkupString Badge(PaymentRequestView view) => view.State switch
    {
        PaymentRequestState.Open => Markup.Badge(view.IsMine ? "Waiting for an answer" : "Waiting for you", StatusTone.Information),
        PaymentRequestState.Accepted => Markup.Badge("Paid", StatusTone.Positive),
        PaymentRequestState.Declined => Markup.Badge("Declined", StatusTone.Attention),
        PaymentRequestState.Withdrawn => Markup.Badge("Taken back"),
        _ => Markup.Badge("Expired"),
    };

    /// <summary>The other person's name: as the bank has it for who asks, as it was typed for who is asked.</summary>
    public static string Other(PaymentRequestView view) => view.IsMine ? view.Request.PayerName : view.Request.AskerName;

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);
}
