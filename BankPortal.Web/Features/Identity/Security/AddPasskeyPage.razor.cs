namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Adds a passkey, after the person has proven again who they are.</summary>
public sealed partial class AddPasskeyPage : IdentityPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(Name)] = "name" };

    private bool _isFull;

    [Inject] public required PasskeySetup Setup { get; init; }

    [SupplyParameterFromForm(FormName = "passkey-add", Name = "Name")] public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "passkey-add", Name = "Credential")] public string? Credential { get; set; }

    protected override Task LoadAsync()
    {
        if (IsStaff && !Person.TwoFactorEnabled)
        {
            GoInstead(IdentityRoutes.Authenticator);
        }
        else if (Setup.IsProofMissing(Person, SecondFactorAt, SignedInAt))
        {
            GoInstead(IdentityRoutes.VerifyThen(IdentityRoutes.PasskeyAdd));
        }

        Name ??= Device;
        _isFull = Person.PasskeyCount >= PasskeyRule.MostPasskeys;
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        if (string.IsNullOrEmpty(Credential))
        {
            Errors.Add("", "Press \"Create the passkey\" and follow what your browser asks.");
            return;
        }

        var isFirstFactor = !Person.HasSecondFactor;
        if (await Setup.AddAsync(HttpContext, Session, Person, Credential, Name, Site) is { } error)
        {
            Errors.Add(error.Code == "PasskeyName" ? nameof(Name) : "", error.Description);
            return;
        }

        Go(isFirstFactor ? IdentityRoutes.RecoveryCodes : IdentityRoutes.Security + "?done=passkey-added");
    }
}
