using BankPortal.Web.Features.Identity.Messages;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The page that asks for the second factor again before a sensitive action, and then returns to that action.</summary>
public sealed partial class VerifyPage : IdentityPage
{
    private const string RecoveryWord = "recovery";

    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(ProofForm.Secret)] = "secret" };

    [Inject] public required SecondFactorCheck Check { get; init; }

    [Inject] public required SecurityNotices Notices { get; init; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnUrl { get; set; }

    /// <summary>"recovery" to use a recovery code.</summary>
    [SupplyParameterFromQuery(Name = "with")] public string? With { get; set; }

    [SupplyParameterFromForm(FormName = "verify")] public ProofForm? Form { get; set; }

    /// <summary>The answer of a passkey, in place of what is typed.</summary>
    [SupplyParameterFromForm(FormName = "verify", Name = "Credential")] public string? Credential { get; set; }

    private ProofWay Way => !Person.HasSecondFactor ? ProofWay.Password
        : With == RecoveryWord ? ProofWay.RecoveryCode
        : Person.TwoFactorEnabled ? ProofWay.Code
        : ProofWay.Passkey;

    private string Lead => Way switch
    {
        ProofWay.Password => "This step needs your password again.",
        ProofWay.Passkey => "This step needs your passkey again.",
        ProofWay.RecoveryCode => "This step needs your second factor again. Each recovery code works once.",
        _ => "This step needs your second factor again. Enter the 6-digit code your authenticator app shows for BankPortal.",
    };

    protected override Task LoadAsync()
    {
        Form ??= new();
        if (IsStaff && !Person.TwoFactorEnabled)
        {
            GoInstead(IdentityRoutes.Authenticator);
        }

        return Task.CompletedTask;
    }

    private string Here(string? with)
    {
        var address = $"{IdentityRoutes.Verify}?returnUrl={Uri.EscapeDataString(LocalUrl.OrElse(ReturnUrl, IdentityRoutes.Security))}";
        return with == RecoveryWord ? address + "&with=" + RecoveryWord : address;
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        if (!string.IsNullOrEmpty(Credential))
        {
            await ProveByPasskeyAsync(Credential);
            return;
        }

        if (string.IsNullOrWhiteSpace(Form!.Secret))
        {
            Errors.Add(nameof(Form.Secret), Way switch
            {
                ProofWay.Password => "Enter your password.",
                ProofWay.RecoveryCode => "Enter a recovery code.",
                _ => "Enter the 6 digits of the code.",
            });
            return;
        }

        var outcome = Way == ProofWay.RecoveryCode
            ? await Check.ProveByRecoveryCodeAsync(
                Session, Form.Secret, user => Notices.NotifyAsync(user, SecurityNotice.RecoveryCodeUsed, Site))
            : await Check.ProveAsync(Session, Form.Secret);
        if (outcome == ProofOutcome.Proven)
        {
            Go(LocalUrl.OrElse(ReturnUrl, IdentityRoutes.Security));
            return;
        }

        AddProofError(outcome, nameof(Form.Secret), Way switch
        {
            ProofWay.Password => "The password is not right.",
            ProofWay.RecoveryCode => "This recovery code is not right, or was used before.",
            _ => "That code is not right, or it was used already. Wait for the next one and try again.",
        });
    }

    private async Task ProveByPasskeyAsync(string credential)
    {
        if (await Check.ProveByPasskeyAsync(Session, credential, user => Notices.NotifyAsync(user, SecurityNotice.PasskeyRefused, Site))
            == ProofOutcome.Proven)
        {
            Go(LocalUrl.OrElse(ReturnUrl, IdentityRoutes.Security));
        }
        else
        {
            Errors.Add("", SignIn.SignInText.WrongPasskey);
        }
    }

    /// <summary>The form as sent.</summary>
    public sealed class ProofForm
    {
        public string? Secret { get; set; }
    }
}
