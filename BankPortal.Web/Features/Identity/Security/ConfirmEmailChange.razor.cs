using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Takes the link in the message to a new address. A button changes the address, not the link itself: programs that look at
/// messages open links too.
/// </summary>
public sealed partial class ConfirmEmailChange : AuthPage
{
    private string? _email;

    [Inject] public required EmailChange Change { get; init; }

    [SupplyParameterFromQuery(Name = "u")] public string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "t")] public string? Token { get; set; }

    private SessionHandle? Session => SessionHandle.From(HttpContext.User);

    private bool IsOwner => Session is { } session && session.UserId == UserId;

    protected override async Task OnInitializedAsync() => _email = (await Change.FindAsync(UserId, Token))?.Email;

    private async Task SubmitAsync()
    {
        switch (_email is null ? EmailChangeOutcome.Refused : await Change.ConfirmAsync(UserId, Token, Session, Site))
        {
            case EmailChangeOutcome.Changed:
                Go(IdentityRoutes.SignIn + "?reason=email");
                break;
            case EmailChangeOutcome.ChangedAndSignedIn:
                Go(IdentityRoutes.Profile + "?done=email");
                break;
            default:
                _email = null;
                break;
        }
    }
}
