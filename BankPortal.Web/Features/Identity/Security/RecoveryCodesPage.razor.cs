namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Shows recovery codes once, just after they were made; makes new ones.</summary>
public sealed partial class RecoveryCodesPage : IdentityPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { ["Code"] = "code" };

    private IReadOnlyList<string> _codes = [];
    private int _left;

    [Inject] public required AuthenticatorSetup Setup { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [SupplyParameterFromForm(FormName = "recovery-codes", Name = "Code")] public string? Code { get; set; }

    private string Factor => Person.TwoFactorEnabled ? "authenticator" : "passkey";

    private string Download =>
        "data:text/plain;charset=utf-8," + Uri.EscapeDataString(
            $"BankPortal recovery codes for {Person.Email}\r\nMade {Clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC. Each code works once.\r\n\r\n"
            + string.Join("\r\n", _codes) + "\r\n");

    protected override async Task LoadAsync()
    {
        if (!Person.HasSecondFactor)
        {
            GoInstead(IdentityRoutes.Authenticator);
            return;
        }

        _codes = IsGet ? Setup.TakeCodes(HttpContext, Session) : [];
        if (_codes.Count == 0 && !Person.TwoFactorEnabled)
        {
            RequireProof(IdentityRoutes.RecoveryCodes, formAsksForPassword: false);
        }

        _left = await Users.CountRecoveryCodesAsync(Person);
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        if (!Person.TwoFactorEnabled)
        {
            await Setup.RenewCodesAfterProofAsync(HttpContext, Session, Person, Site);
            Go(IdentityRoutes.RecoveryCodes);
            return;
        }

        if (string.IsNullOrWhiteSpace(Code))
        {
            Errors.Add("Code", "Enter the 6 digits of the code.");
            return;
        }

        var outcome = await Setup.RenewCodesAsync(HttpContext, Session, Person, Code, Site);
        if (outcome == ProofOutcome.Proven)
        {
            Go(IdentityRoutes.RecoveryCodes);
            return;
        }

        AddProofError(outcome, "Code", "That code is not right, or it was used already. Wait for the next one and try again.");
    }
}
