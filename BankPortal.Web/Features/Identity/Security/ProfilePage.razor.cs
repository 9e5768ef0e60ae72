using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Name, telephone, e-mail, and how the portal looks on this device.</summary>
public sealed partial class ProfilePage : IdentityPage
{
    private static readonly Dictionary<string, string> FieldIds = new(StringComparer.Ordinal)
    {
        [nameof(DetailsForm.FullName)] = "full-name",
        [nameof(DetailsForm.Phone)] = "phone",
    };

    private string? _wanted;

    [Inject] public required SignInManager<BankUser> SignIn { get; init; }

    [Inject] public required EmailChange EmailChange { get; init; }

    [Inject] public required SecurityNotices Notices { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [SupplyParameterFromForm(FormName = "details")] public DetailsForm? Form { get; set; }

    private static string Sample =>
        1234.5m.ToString("N2", CultureInfo.CurrentCulture) + " · " + new DateTime(2026, 12, 31).ToString("d", CultureInfo.CurrentCulture);

    private static IEnumerable<IGrouping<string, string>> Zones => TimeZoneInfo.GetSystemTimeZones()
        .Select(zone => zone.Id)
        .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .GroupBy(id => id[..id.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal);

    private bool OwnZone => HttpContext.Request.Cookies.ContainsKey(UserTimeZone.OwnCookie);

    private string? DoneText => Done switch
    {
        "details" => "Your details were saved.",
        "email-asked" => "Please open the link in the message we sent to the new address.",
        "email" => "Your e-mail address was changed. All other sessions were ended.",
        "withdrawn" => "Your e-mail address stays as it is.",
        _ => null,
    };

    protected override async Task LoadAsync()
    {
        Form ??= new DetailsForm { FullName = Person.FullName, Phone = Person.PhoneNumber };
        _wanted = await EmailChange.FindWantedAsync(Person);
    }

    private async Task SaveAsync()
    {
        if (string.IsNullOrWhiteSpace(Form!.FullName))
        {
            Errors.Add(nameof(Form.FullName), "Enter your full name.");
        }
        else if (!PersonName.TryNormalize(Form.FullName, out _))
        {
            Errors.Add(nameof(Form.FullName), Form.FullName.Trim().Length > PersonName.MaxLength
                ? $"Use at most {PersonName.MaxLength} characters."
                : "Enter your name with letters, without digits or special characters.");
        }

        if (string.IsNullOrWhiteSpace(Form.Phone))
        {
            Errors.Add(nameof(Form.Phone), "Enter your phone number.");
        }
        else if (!PhoneInput.TryNormalize(Form.Phone, out _))
        {
            Errors.Add(nameof(Form.Phone), PhoneInput.Error);
        }

        if (Errors.Any || !PersonName.TryNormalize(Form.FullName, out var name) || !PhoneInput.TryNormalize(Form.Phone, out var phone))
        {
            return;
        }

        if (
            string.Equals(name, Person.FullName, StringComparison.Ordinal)
            && string.Equals(phone, Person.PhoneNumber, StringComparison.Ordinal)
        )
        {
            Go(IdentityRoutes.Profile + "?done=details");
            return;
        }

        Person.FullName = name;
        Person.PhoneNumber = phone;
        Person.PhoneNumberConfirmed = false;
        var saved = await Users.UpdateAsync(Person);
        if (!saved.Succeeded)
        {
            Errors.Add("", saved.Errors.First().Description);
            return;
        }

        // The name is part of what the session knows.
        await SignIn.RefreshSignInAsync(Person);
        await Notices.NotifyAsync(Person, SecurityNotice.DetailsChanged, Site);
        Go(IdentityRoutes.Profile + "?done=details");
    }

    private async Task WithdrawAsync()
    {
        await EmailChange.WithdrawAsync(Person);
        Go(IdentityRoutes.Profile + "?done=withdrawn");
    }

    /// <summary>The form as sent.</summary>
    public sealed class DetailsForm
    {
        public string? FullName { get; set; }

        public string? Phone { get; set; }
    }
}
