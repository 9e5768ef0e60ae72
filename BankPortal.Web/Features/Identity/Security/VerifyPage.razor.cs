using BankPortal.Core.Identity.Confirmations;
using BankPortal.Web.Features.Identity.Messages;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// The page that asks for the second factor again before a sensitive action, and then returns to that action. With a payment to confirm it
/// shows that payment as the bank has stored it, and the proof counts for it alone.
/// </summary>
public sealed partial class VerifyPage : IdentityPage
{
    private const string RecoveryWord = "recovery";

    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(ProofForm.Secret)] = "secret" };

    [Inject] public required SecondFactorCheck Check { get; init; }

    [Inject] public required SecurityNotices Notices { get; init; }

    [Inject] public required PaymentConfirmations Confirmations { get; init; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnUrl { get; set; }

    /// <summary>"recovery" to use a recovery code.</summary>
    [SupplyParameterFromQuery(Name = "with")] public string? With { get; set; }

    [SupplyParameterFromForm(FormName = "verify")] public ProofForm? Form { get; set; }

    /// <summary>The payment to confirm; none to prove the identity for the session.</summary>
    [SupplyParameterFromQuery(Name = "confirm")] public string? Confirm { get; set; }

    private PaymentConfirmation? Payment { get; set; }

    // The payment in the address is over, was paid, or is another session's.
    private bool IsPaymentGone => Confirm is not null && Payment is null;

    private string Title => Confirm is null ? "Confirm that it is you"
        : Payment is { Purpose: ConfirmationPurpose.Loan } ? "Sign this loan"
        : "Confirm this payment";

    private string Return => LocalUrl.OrElse(ReturnUrl, Confirm is null ? IdentityRoutes.Security : HomePage.For(HttpContext.User));

    /// <summary>The answer of a passkey, in place of what is typed.</summary>
    [SupplyParameterFromForm(FormName = "verify", Name = "Credential")] public string? Credential { get; set; }

    private ProofWay Way => !Person.HasSecondFactor ? ProofWay.Password
        : With == RecoveryWord ? ProofWay.RecoveryCode
        : Person.TwoFactorEnabled ? ProofWay.Code
        : ProofWay.Passkey;

    private string Lead => (Payment, Way) switch
    {
        ({ Purpose: ConfirmationPurpose.Loan }, ProofWay.Password) => "Check the loan. Your password signs this loan and no other.",
        ({ Purpose: ConfirmationPurpose.Loan }, ProofWay.Passkey) => "Check the loan. Your passkey signs this loan and no other.",
        ({ Purpose: ConfirmationPurpose.Loan }, ProofWay.RecoveryCode) => "Check the loan. The recovery code signs this loan and no other.",
        ({ Purpose: ConfirmationPurpose.Loan }, _) => "Check the loan. The code signs this loan and no other.",
        (not null, ProofWay.Password) => "Check the amount and the payee. Your password confirms this payment and no other.",
        (not null, ProofWay.Passkey) => "Check the amount and the payee. Your passkey confirms this payment and no other.",
        (not null, ProofWay.RecoveryCode) => "Check the amount and the payee. The recovery code confirms this payment and no other.",
        (not null, _) => "Check the amount and the payee. The code confirms this payment and no other.",
        (_, ProofWay.Password) => "This step needs your password again.",
        (_, ProofWay.Passkey) => "This step needs your passkey again.",
        (_, ProofWay.RecoveryCode) => "This step needs your second factor again. Each recovery code works once.",
        _ => "This step needs your second factor again. Enter the 6-digit code your authenticator app shows for BankPortal.",
    };

    protected override async Task LoadAsync()
    {
        Form ??= new();
        if (IsStaff && !Person.TwoFactorEnabled)
        {
            GoInstead(IdentityRoutes.Authenticator);
        }
        else if (Confirm is not null)
        {
            Payment = await Confirmations.FindOpenAsync(Session.UserId, Session.SessionId, Confirm, HttpContext.RequestAborted);
            if (Payment is { State: ConfirmationState.Confirmed })
            {
                GoInstead(Return);
            }
        }
    }

    private string Here(string? with)
    {
        var address = Confirm is null ? IdentityRoutes.VerifyThen(Return) : IdentityRoutes.ConfirmThen(Confirm, Return);
        return with == RecoveryWord ? address + "&with=" + RecoveryWord : address;
    }

    private async Task SubmitAsync()
    {
        if (Leave())
        {
            return;
        }

        if (IsPaymentGone)
        {
            // No code is asked for, or used up, for nothing.
            Errors.Add("", new ConfirmationClosedError().Message);
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
                Session, Form.Secret, user => Notices.NotifyAsync(user, SecurityNotice.RecoveryCodeUsed, Site), Payment?.Id)
            : await Check.ProveAsync(Session, Form.Secret, Payment?.Id);
        if (outcome == ProofOutcome.Proven)
        {
            Go(Return);
            return;
        }

        if (outcome == ProofOutcome.Closed)
        {
            Errors.Add("", new ConfirmationClosedError().Message);
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
        var outcome = await Check.ProveByPasskeyAsync(
            Session, credential, user => Notices.NotifyAsync(user, SecurityNotice.PasskeyRefused, Site), Payment?.Id);
        if (outcome == ProofOutcome.Proven)
        {
            Go(Return);
            return;
        }

        Errors.Add("", outcome == ProofOutcome.Closed ? new ConfirmationClosedError().Message : SignIn.SignInText.WrongPasskey);
    }

    /// <summary>The form as sent.</summary>
    public sealed class ProofForm
    {
        public string? Secret { get; set; }
    }
}
