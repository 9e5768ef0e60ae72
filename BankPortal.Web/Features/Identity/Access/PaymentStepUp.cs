using BankPortal.Core.Identity.Confirmations;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// Sends a customer to the page that asks to confirm a payment, and back to the form as it was. The page shows what the bank has stored,
/// never what an address says. Scoped to a circuit.
/// </summary>
public sealed class PaymentStepUp(PaymentConfirmations confirmations, NavigationManager navigation, IJSRuntime js)
{
    /// <summary>Asks for a confirmation. The tab leaves the page.</summary>
    /// <param name="actor">Who pays.</param>
    /// <param name="payment">What is to be confirmed.</param>
    /// <param name="draftName">The draft that fills the form again afterwards.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task AskAsync(Actor actor, PaymentToConfirm payment, string draftName, CancellationToken ct)
    {
        var asked = await confirmations.AskAsync(actor, payment, ct);
        try
        {
            await js.InvokeVoidAsync("bankPortal.keepDraft", ct, draftName);
        }
        catch (JSException)
        {
            // Without the browser's storage the details have to be typed again.
        }

        navigation.NavigateTo(IdentityRoutes.ConfirmThen(asked.Id, new Uri(navigation.Uri).PathAndQuery), forceLoad: true);
    }
}
