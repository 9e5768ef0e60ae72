using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Password, authenticator and sessions at a glance.</summary>
public sealed partial class SecurityPage : IdentityPage
{
    // Long enough to be seen by somebody who signs in now and then.
    private static readonly TimeSpan LockShownFor = TimeSpan.FromDays(30);

    private IReadOnlyList<UserSession> _sessions = [];
    private IReadOnlyList<BankPasskey> _passkeys = [];
    private int _codesLeft;

    [Inject] public required ISessionRegistry Sessions { get; init; }

    [Inject] public required BankUserManager Passkeys { get; init; }

    [Inject] public required SecurityNotices Notices { get; init; }

    [Inject] public required SignInText Text { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>The session to end, from the form beside it.</summary>
    [SupplyParameterFromForm(Name = "SessionId")] public string? SessionId { get; set; }

    // When the last lock that wrong tries began ends or ended.
    private DateTimeOffset? LockEnd =>
        Person.TriesLockEnd is { } end && Time.GetUtcNow() - end < LockShownFor ? end : null;

    private string? DoneText => Done switch
    {
        "password" => "Your password was changed. All other sessions were ended.",
        "authenticator-off" => "The authenticator is off. All other sessions were ended.",
        "passkey-added" => "The passkey was added. All other sessions were ended.",
        "passkey-renamed" => "The passkey has its new name.",
        "passkey-removed" => "The passkey was removed. All other sessions were ended.",
        "ended" => "The session was ended.",
        "others-ended" => "All other sessions were ended.",
        _ => null,
    };

    protected override async Task LoadAsync()
    {
        _sessions = await Sessions.ListAsync(Person.Id, HttpContext.RequestAborted);
        _passkeys = await Passkeys.ListPasskeysAsync(Person);
        _codesLeft = Person.HasSecondFactor ? await Users.CountRecoveryCodesAsync(Person) : 0;
    }

    private static string FactorText(string? factor) => factor switch
    {
        BankClaims.FactorPasskey => "Confirmed with a passkey",
        BankClaims.FactorRecoveryCode => "Confirmed with a recovery code",
        BankClaims.FactorCode => "Confirmed with a code",
        _ => "",
    };

    private static bool IsPhone(string device) =>
        device.Contains("Android", StringComparison.OrdinalIgnoreCase) || device.Contains("iPhone", StringComparison.OrdinalIgnoreCase)
        || device.Contains("iOS", StringComparison.OrdinalIgnoreCase);

    private async Task EndAsync()
    {
        // The id names only sessions of this person: the owner comes from the session of the request.
        if (SessionId is { Length: > 0 and <= 100 } id && id != Session.SessionId)
        {
            await Sessions.EndAsync(Person.Id, id, SessionEndReason.Ended, HttpContext.RequestAborted);
        }

        Go(IdentityRoutes.Security + "?done=ended");
    }

    private async Task EndOthersAsync()
    {
        if (await Sessions.EndOthersAsync(Person.Id, Session.SessionId, SessionEndReason.Ended, HttpContext.RequestAborted) > 0)
        {
            await Notices.NotifyAsync(Person, SecurityNotice.SessionsEnded, Site);
        }

        Go(IdentityRoutes.Security + "?done=others-ended");
    }
}
