using BankPortal.Web.Features.Identity.Security;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// Finishes a registration. Opening the link changes nothing by itself (mail programs open links, too), and it is not
/// enough: the password shows that the mailbox and the registration belong to the same person.
/// </summary>
public sealed partial class ConfirmEmail : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        [nameof(PasswordForm.Password)] = "password",
    };

    private BankUser? _user;

    [Inject] public required Confirmation Confirmation { get; init; }

    [SupplyParameterFromQuery(Name = "u")] public string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "t")] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "confirm-email")] public PasswordForm Form { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        var (user, confirmed) = await Confirmation.FindAsync(UserId, Token);
        if (confirmed)
        {
            Go("/auth/login?reason=confirmed");
            return;
        }

        _user = user;
    }

    private async Task SubmitAsync()
    {
        if (_user is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(Form.Password))
        {
            Errors.Add(nameof(PasswordForm.Password), "Enter your password.");
            return;
        }

        var (step, signedIn) = await Confirmation.ConfirmAsync(_user, Token, Form.Password, HttpContext.RequestAborted);
        if (step == SignInStep.Expired)
        {
            _user = null;
            return;
        }

        Continue(
            step,
            () => SecondFactorSetup.NextAfterRegistration(signedIn ?? _user),
            nameof(PasswordForm.Password),
            "That is not the password you chose when you registered.");
    }
}
