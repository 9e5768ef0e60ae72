namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Turns the authenticator off after checking a code or the password. Staff cannot use it.</summary>
public sealed partial class AuthenticatorOffPage : IdentityPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        ["Code"] = "code",
        ["Password"] = "password",
    };

    [Inject] public required AuthenticatorSetup Setup { get; init; }

    [SupplyParameterFromForm(FormName = "off-code", Name = "Code")] public string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "off-password", Name = "Password")] public string? Password { get; set; }

    protected override Task LoadAsync()
    {
        if (IsStaff || !Person.TwoFactorEnabled)
        {
            GoInstead(IdentityRoutes.Security);
        }

        return Task.CompletedTask;
    }

    private async Task SubmitCodeAsync()
    {
        if (Leave())
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(Code))
        {
            Errors.Add("Code", "Enter the 6 digits of the code.");
            return;
        }

        await TurnOffAsync(Code, null);
    }

    private async Task SubmitPasswordAsync()
    {
        if (Leave())
        {
            return;
        }

        if (string.IsNullOrEmpty(Password))
        {
            Errors.Add("Password", "Enter your password.");
            return;
        }

        await TurnOffAsync(null, Password);
    }

    private async Task TurnOffAsync(string? code, string? password)
    {
        var outcome = await Setup.TurnOffAsync(HttpContext, Session, Person, code, password, Site);
        if (outcome == ProofOutcome.Proven)
        {
            Go(IdentityRoutes.Security + "?done=authenticator-off");
        }
        else if (code is not null)
        {
            AddProofError(outcome, "Code", "That code is not right, or it was used already. Wait for the next one and try again.");
        }
        else
        {
            AddProofError(outcome, "Password", "The password is not right.");
        }
    }
}
