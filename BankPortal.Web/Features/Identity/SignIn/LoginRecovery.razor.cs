namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The second step of signing in without the authenticator app: one of the recovery codes.</summary>
public sealed partial class LoginRecovery : SecondFactorPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(CodeForm.Code)] = "recovery-code" };

    [SupplyParameterFromForm(FormName = "login-recovery")] public CodeForm Form { get; set; } = default!;

    protected override void OnInitialized() => Form ??= new();

    private Task SubmitAsync()
    {
        var code = string.Concat((Form.Code ?? "").Where(c => !char.IsWhiteSpace(c)));
        return SignInAsync(
            code.Length == 0 ? null : code,
            "Enter a recovery code.",
            Flow.RecoveryCodeAsync,
            "That recovery code is not right, or it was used already.");
    }
}
