namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Sets up the authenticator, or moves it to another device. Staff without a second factor can use no other page.</summary>
public sealed partial class AuthenticatorPage : IdentityPage
{
    private static readonly TimeSpan RecentSignIn = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(CodeForm.Code)] = "code" };

    private string _key = "";
    private string _uri = "";
    private (int Size, string Path) _qr;

    [Inject] public required AuthenticatorSetup Setup { get; init; }

    [SupplyParameterFromForm(FormName = "authenticator")] public CodeForm? Form { get; set; }

    [Inject] public required TimeProvider Clock { get; init; }

    private bool HasJustSignedIn => Clock.GetUtcNow() - SignedInAt < RecentSignIn;

    private bool IsRequired => IsStaff && !Person.TwoFactorEnabled;

    private string Title => Person.TwoFactorEnabled ? "Use another device" : "Set up the authenticator";

    protected override Task LoadAsync()
    {
        Form ??= new();

        // Moving the authenticator away is as sensitive as turning it off. Setting it up the first time needs the password
        // again too, unless it was typed a moment ago: a screen left open must not be enough to lock its owner out.
        if (Person.HasSecondFactor || !(IsRequired || HasJustSignedIn))
        {
            RequireProof(IdentityRoutes.Authenticator, formAsksForPassword: false);
        }

        ShowKey();
        return Task.CompletedTask;
    }

    private void ShowKey()
    {
        _key = Setup.PendingKey(HttpContext, Session);
        _uri = AuthenticatorKey.Uri(_key, Person.Email ?? Person.UserName);
        _qr = QrSvg.Draw(_uri);
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(Form!.Code))
        {
            Errors.Add(nameof(Form.Code), "Enter the 6 digits of the code.");
            return;
        }

        switch (await Setup.TurnOnAsync(HttpContext, Session, Person, Form.Code, Site))
        {
            case ProofOutcome.Proven:
                Go(IdentityRoutes.RecoveryCodes);
                break;
            case null:
                Errors.Add("", "Setting it up took too long, so there is a new code to scan. Please start again.");
                break;
            case { } outcome:
                AddProofError(
                    outcome,
                    nameof(Form.Code),
                    "That code is not right. Check that the app shows BankPortal and that your phone's clock is set automatically, then enter the newest code."
                );
                break;
        }
    }

    /// <summary>The form as sent.</summary>
    public sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}
