namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The second step of signing in: the code from the authenticator app.</summary>
public sealed partial class LoginCode : SecondFactorPage
{
    private const int Digits = 6;

    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(CodeForm.Code)] = "code" };

    [SupplyParameterFromForm(FormName = "login-code")] public CodeForm Form { get; set; } = default!;

    /// <summary>The answer of a passkey, in place of the code.</summary>
    [SupplyParameterFromForm(FormName = "login-code", Name = "Credential")] public string? Credential { get; set; }

    // Somebody who has passkeys only has no app that makes codes.
    private bool HasCode => Waiting is not { TwoFactorEnabled: false };

    private string Title => HasCode ? "Enter your code" : "Use your passkey";

    /// <summary>The digits of a code typed with blanks or hyphens; <see langword="null"/> when it is not six digits.</summary>
    internal static string? Clean(string? code)
    {
        var digits = string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '\u2010' or '\u2011' or '.')));
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    protected override void OnInitialized() => Form ??= new();

    private Task SubmitAsync() => string.IsNullOrEmpty(Credential)
        ? SignInAsync(
            Clean(Form.Code),
            "Enter the 6 digits of the code.",
            Flow.CodeAsync,
            "That code is not right, or it was used already. Wait for the next one and try again.")
        : SignInAsync(Credential, "", Flow.SecondPasskeyAsync, SignInText.WrongPasskey);
}
