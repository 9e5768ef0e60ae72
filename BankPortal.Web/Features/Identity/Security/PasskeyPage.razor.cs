namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Renames or removes one passkey of the person, after they have proven again who they are.</summary>
public sealed partial class PasskeyPage : IdentityPage
{
    // Ids are keyed hashes of this length; a longer text is none.
    private const int LongestId = 64;

    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(Name)] = "name" };

    private BankPasskey? _passkey;

    [Inject] public required PasskeySetup Setup { get; init; }

    [Inject] public required BankUserManager Passkeys { get; init; }

    /// <summary>Which passkey.</summary>
    [SupplyParameterFromQuery(Name = "id")] public string? Id { get; set; }

    [SupplyParameterFromForm(FormName = "passkey-name", Name = "Name")] public string? Name { get; set; }

    private string Here => IdentityRoutes.PasskeyOf(Id ?? "");

    private bool IsLastFactor => !Person.TwoFactorEnabled && Person.PasskeyCount == 1;

    protected override async Task LoadAsync()
    {
        _passkey = Id is { Length: > 0 and <= LongestId } id ? await Passkeys.FindPasskeyAsync(Person, id) : null;
        if (_passkey is null)
        {
            GoInstead(IdentityRoutes.Security);
            return;
        }

        RequireProof(Here, formAsksForPassword: false);
        Name ??= _passkey.Info.Name;
    }

    private async Task RenameAsync()
    {
        if (Leave())
        {
            return;
        }

        if (await Setup.RenameAsync(Person, _passkey!, Name) is { } error)
        {
            Errors.Add(nameof(Name), error.Description);
            return;
        }

        Go(IdentityRoutes.Security + "?done=passkey-renamed");
    }

    private async Task RemoveAsync()
    {
        if (Leave())
        {
            return;
        }

        if (await Setup.RemoveAsync(Session, Person, _passkey!, Site) is { } error)
        {
            Errors.Add("", error.Description);
            return;
        }

        Go(IdentityRoutes.Security + "?done=passkey-removed");
    }
}
