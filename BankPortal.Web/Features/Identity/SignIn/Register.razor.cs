using BankPortal.Infrastructure.Notifications;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Registration of a customer.</summary>
public sealed partial class Register : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        [nameof(RegistrationForm.FullName)] = "full-name",
        [nameof(RegistrationForm.Email)] = "email",
        [nameof(RegistrationForm.Phone)] = "phone",
        [nameof(RegistrationForm.Password)] = "password",
        [nameof(RegistrationForm.ConfirmPassword)] = "confirm-password",
    };

    private bool _taken;
    private string _email = "";

    [Inject] public required Registration Registration { get; init; }

    [Inject] public required IOptions<NotificationOptions> Notifications { get; init; }

    [SupplyParameterFromForm(FormName = "register")] public RegistrationForm Form { get; set; } = default!;

    private bool CanSend => Notifications.Value.CanSend;

    protected override void OnInitialized()
    {
        Form ??= new();
        if (IsSignedIn)
        {
            Go(HomePage.For(HttpContext.User));
        }
    }

    private async Task SubmitAsync()
    {
        if (!CanSend || IsSignedIn)
        {
            return;
        }

        Errors = await Registration.RegisterAsync(Form, Site, HttpContext.RequestAborted);
        if (!Errors.Any)
        {
            _taken = true;
            _email = Form.Email!.Trim();
        }
    }
}
