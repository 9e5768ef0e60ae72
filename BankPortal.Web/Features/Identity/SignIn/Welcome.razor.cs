using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The end of a registration: what there is now, and the advice to set up a second factor.</summary>
public sealed partial class Welcome : AuthPage
{
    private string? _name;
    private string? _number;

    [Inject] public required UserManager<BankUser> Users { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (await Users.GetUserAsync(HttpContext.User) is not { } user)
        {
            return;
        }

        _name = user.FullName;
        var accounts = await Accounts.ListAsync(Actor.Customer(user.Id), HttpContext.RequestAborted);
        _number = accounts.Count > 0 ? accounts[0].Number.Grouped : null;
    }
}
