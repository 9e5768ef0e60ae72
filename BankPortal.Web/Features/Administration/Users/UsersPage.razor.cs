using BankPortal.Core.Administration.Users;
using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Administration.Users;

/// <summary>Lists users to administrators, finds one, and invites staff. Search and filter are in the address.</summary>
public sealed partial class UsersPage
{
    private readonly OpenDialog<Question> _dialog = new();
    private readonly HashSet<string> _roles = new(StringComparer.Ordinal);
    private ImmutableArray<PortalUser> _users = [];
    private ImmutableArray<UserRequest> _pending = [];
    private string? _next;
    private Error? _error;
    private string _text = "";
    private string _mail = "";
    private string _name = "";
    private string? _mailError;
    private string? _nameError;
    private string? _rolesError;

    private enum Question
    {
        Invite,
    }

    [SupplyParameterFromQuery(Name = "role")] public string? Role { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required UserDesk Users { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    protected override object? LoadKey => (Role, After, Query);

    protected override bool KeepsContent => true;

    private static IEnumerable<(string Name, string? Role)> Filters =>
        [("Everybody", null), .. new[] { BankRoles.Customer, BankRoles.Analyst, BankRoles.Compliance, BankRoles.Manager, BankRoles.Admin }
            .Select(role => (UserText.Role(role), (string?)role))];

    protected override async Task OnParametersSetAsync()
    {
        _text = Query ?? "";
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var key = LoadKey;
        var actor = await Actors.GetAsync(ct);
        var pending = Users.PendingAsync(actor, ct);
        ImmutableArray<PortalUser> users;
        string? next = null;
        Error? error;
        if (Query is { Length: > 0 } text)
        {
            var found = await Users.SearchAsync(actor, text, ct);
            (users, error) = (found.IsSuccess ? found.Value : [], found.Error);
        }
        else
        {
            var page = await Users.ListAsync(actor, Role is { } role && BankRoles.All.Contains(role) ? role : null, After, ct);
            error = page.Error;
            (users, next) = page.IsSuccess ? (page.Value.Users, page.Value.Next) : ([], null);
        }

        var waiting = await pending;
        if (!Equals(key, LoadKey))
        {
            return;
        }

        (_users, _next, _error, _pending) = (users, next, error, waiting.IsSuccess ? waiting.Value : []);
        if (await StepUp.ResumeAsync<Question>() is { Action: var wanted })
        {
            _dialog.Show(wanted);
        }
    }

    private static string Address(string? role, string? after)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal) { ["role"] = role, ["after"] = after };
        return QueryHelpers.AddQueryString(BankRoutes.AdminUsers, query.Where(pair => pair.Value is not null));
    }

    private void Search() => Navigation.NavigateTo(
        string.IsNullOrWhiteSpace(_text) ? BankRoutes.AdminUsers : QueryHelpers.AddQueryString(BankRoutes.AdminUsers, "q", _text.Trim()));

    private async Task AskInviteAsync()
    {
        (_mail, _name, _mailError, _nameError, _rolesError) = ("", "", null, null, null);
        _roles.Clear();
        if (await StepUp.IsReadyAsync(Question.Invite))
        {
            _dialog.Show(Question.Invite);
        }
    }

    private async Task<Error?> InviteAsync(string reason)
    {
        (_mailError, _nameError, _rolesError) = (null, null, null);
        var name = _name;
        var refusal = await Actions.RunAsync(
            actor => Users.InviteAsync(actor, _mail, name, _roles, reason, CancellationToken.None),
            "Invited",
            name,
            () => ReloadAsync(quietly: true));
        (_mailError, _nameError, _rolesError) = refusal?.Field switch
        {
            "email" => (refusal.Message, null, null),
            "name" => (null, refusal.Message, null),
            "roles" => (null, null, refusal.Message),
            _ => ((string?)null, (string?)null, (string?)null),
        };
        return refusal;
    }
}
