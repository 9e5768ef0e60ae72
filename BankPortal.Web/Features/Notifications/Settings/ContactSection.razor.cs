using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Notifications.Settings;

/// <summary>The signed-in person's addresses outside the portal: adds, confirms and removes them. Empty when the notification service is
/// not configured.</summary>
public sealed partial class ContactSection
{
    private const string NumberDraft = "contact-number";
    private const string EmailDraft = "contact-email";

    private ContactOverview _overview = new([], null, null, true);
    private DeliveryChannel? _removing;
    private string _number = "";
    private string _email = "";
    private string _code = "";
    private string? _done;
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ContactService Contacts { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    private static string? Country => PhoneNumber.CountryOf(CultureInfo.CurrentCulture);

    // A form that is sent before the circuit is there would reload the page.
    private string ButtonType => RendererInfo.IsInteractive ? "submit" : "button";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _overview = await Contacts.GetAsync(await Actors.GetAsync(ct), ct);
        if (_email.Length == 0 && _overview.Of(DeliveryChannel.Email) is null)
        {
            _email = _overview.SignInEmail ?? "";
        }
    }

    private static MarkupString Badge(ContactState state) => state switch
    {
        ContactState.Confirmed => Markup.Badge("Confirmed", StatusTone.Positive),
        ContactState.Pending => Markup.Badge("Waiting for your confirmation", StatusTone.Attention),
        _ => Markup.Badge("Ended", StatusTone.Negative),
    };

    private static string? NoteOf(ContactPoint contact) => contact.State switch
    {
        ContactState.Pending => "Open the link in the e-mail we have sent there. Nothing else is sent until then. The link works for a few days.",
        ContactState.Ended when contact.Channel == DeliveryChannel.Sms =>
            "Nothing is sent there any more: messages were stopped from this telephone, or it cannot be reached. Send a code to the number to use it again.",
        ContactState.Ended =>
            "Nothing is sent there any more: it was unsubscribed, not confirmed in time, or does not accept messages. Send the link again to use it again.",
        _ => null,
    };

    private string Clock(DateTimeOffset at) =>
        TimeText.Format(at, TimeFormat.Time, Zone.Zone, Time.GetUtcNow(), CultureInfo.CurrentCulture);

    private string? ErrorOf(string field) => _problem?.Field == field ? _problem.Message : null;

    private Task SendCodeAsync(string number) => DoAsync(
        async () => await Contacts.SendCodeAsync(await Actors.GetAsync(Gone), number, Country, Gone),
        sent => $"A code was sent to {sent.Number}.",
        NumberDraft);

    private Task ConfirmNumberAsync() => DoAsync(
        async () => await Contacts.ConfirmCodeAsync(await Actors.GetAsync(Gone), _code, Gone),
        contact =>
        {
            _number = "";
            return $"{contact.Address} is confirmed. Choose below which messages go there.";
        });

    private Task AddEmailAsync(string address, string? draft) => DoAsync(
        async () => await Contacts.AddEmailAsync(await Actors.GetAsync(Gone), address, Gone),
        contact =>
        {
            _email = "";
            return contact.State == ContactState.Confirmed
                ? $"Your messages go to {contact.Address} again."
                : $"A link was sent to {contact.Address}.";
        },
        draft);

    private Task RemoveAsync(ContactPoint contact) => DoAsync<ContactPoint>(
        async () =>
        {
            var result = await Contacts.RemoveAsync(await Actors.GetAsync(Gone), contact.Channel, Gone);
            return result.IsSuccess ? contact : result.Error;
        },
        removed =>
        {
            _removing = null;
            return $"{removed.Address} was removed.";
        });

    // Shows what was done, or the refusal; then what is stored.
    private async Task DoAsync<T>(Func<Task<Result<T>>> action, Func<T, string> done, string? draft = null)
        where T : notnull
    {
        _done = null;
        _problem = await RunOnceAsync(action, value => _done = done(value));
        if (_problem is SecondFactorStaleError)
        {
            _problem = null;
            await AskForSecondFactorAsync(draft);
        }
        else if (_problem is not InvalidInputError)
        {
            _code = "";
            await ReloadAsync(quietly: true);
        }
    }

    // The same page again afterwards: the draft fills the form.
    private async Task AskForSecondFactorAsync(string? draft)
    {
        try
        {
            if (draft is not null)
            {
                await Js.InvokeVoidAsync("bankPortal.keepDraft", Gone, draft);
            }
        }
        catch (JSException)
        {
            // Without the browser's storage the address has to be typed again.
        }

        Navigation.NavigateTo(IdentityRoutes.VerifyThen(BankRoutes.NotificationSettings), forceLoad: true);
    }
}
