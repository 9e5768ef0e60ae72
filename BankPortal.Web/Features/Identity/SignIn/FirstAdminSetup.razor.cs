using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Security;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Makes the signed-in person the first administrator. Without a configured setup token the page does not exist.</summary>
public sealed partial class FirstAdminSetup : AuthPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal) { [nameof(CodeForm.Code)] = "setup-token" };

    [Inject] public required FirstAdmin FirstAdmin { get; init; }

    [Inject] public required UserManager<BankUser> Users { get; init; }

    [Inject] public required BankSignInManager SignIn { get; init; }

    [SupplyParameterFromForm(FormName = "first-admin")] public CodeForm Form { get; set; } = default!;

    protected override void OnInitialized()
    {
        Form ??= new();
        if (!FirstAdmin.HasSetupToken)
        {
            Navigation.NotFound();
        }
    }

    private async Task SubmitAsync()
    {
        if (!FirstAdmin.HasSetupToken || await Users.GetUserAsync(HttpContext.User) is not { } user)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(Form.Code))
        {
            Errors.Add(nameof(CodeForm.Code), "Enter the setup token.");
        }
        else if (!await FirstAdmin.ClaimByTokenAsync(user, Form.Code, HttpContext.RequestAborted))
        {
            Errors.Add(nameof(CodeForm.Code), "That is not the setup token, or there is an administrator already.");
        }
        else
        {
            await SignIn.RenewSessionAsync(user);
            Go(SecondFactorSetup.NextFor(user, returnUrl: null));
        }
    }
}
