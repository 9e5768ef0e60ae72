using BankPortal.Core.Administration.Users;

namespace BankPortal.Web.Features.Administration.Users;

/// <summary>Shows a user to administrators, who unlock, block and reset here. What two people decide is asked for and decided
/// here.</summary>
public sealed partial class UserFilePage
{
    private readonly OpenDialog<Question> _dialog = new();
    private readonly HashSet<string> _roles = new(StringComparer.Ordinal);
    private UserFile? _file;
    private UserRequest? _decided;
    private string? _rolesError;
    private Error? _error;

    private enum Question
    {
        Block,
        Unblock,
        Unlock,
        EndSessions,
        Password,
        SecondFactor,
        Roles,
        Approve,
        Reject,
    }

    /// <summary>The user id.</summary>
    [Parameter] public string Id { get; set; } = "";

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required UserDesk Users { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override object? LoadKey => Id;

    private DateTimeOffset Now => Time.GetUtcNow();

    private bool IsRefused => _file?.Conflict is not null;

    private string? ConflictId => IsRefused ? "conflict" : null;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var found = await Users.FindAsync(await Actors.GetAsync(ct), id, ct);
        if (id != Id)
        {
            return;
        }

        (_file, _error) = (found.IsSuccess ? found.Value : null, found.Error);
        if (_file is { Conflict: null } file && await StepUp.ResumeAsync<Question>() is { } resumed)
        {
            _decided = file.Requests.FirstOrDefault(one => one.Approval.Id == resumed.Item);
            if (resumed.Action is not (Question.Approve or Question.Reject) || _decided is not null)
            {
                Show(resumed.Action);
            }
        }
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string SecondFactor(PortalUser user) => (user.HasAuthenticator, user.Passkeys) switch
    {
        (false, 0) => "None",
        (true, 0) => "Authenticator app",
        (false, 1) => "1 passkey",
        (true, 1) => "Authenticator app, 1 passkey",
        (false, var count) => $"{Number(count)} passkeys",
        (true, var count) => $"Authenticator app, {Number(count)} passkeys",
    };

    private void Show(Question question)
    {
        _rolesError = null;
        _roles.Clear();
        _roles.UnionWith(_file!.User.Roles.Where(BankRoles.Staff.Contains));
        _dialog.Show(question);
    }

    private async Task AskAsync(Question question)
    {
        if (await StepUp.IsReadyAsync(question))
        {
            Show(question);
        }
    }

    private async Task DecideAsync(UserRequest request, Question question)
    {
        _decided = request;
        if (await StepUp.IsReadyAsync(question, request.Approval.Id))
        {
            Show(question);
        }
    }

    private Task<Error?> BlockAsync(string reason) =>
        ChangeAsync("Sign-in blocked", (actor, id) => Users.BlockAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> UnblockAsync(string reason) =>
        ChangeAsync("Block lifted", (actor, id) => Users.UnblockAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> UnlockAsync(string reason) =>
        ChangeAsync("Unlocked", (actor, id) => Users.UnlockAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> EndSessionsAsync(string reason) =>
        ChangeAsync("Sessions ended", (actor, id) => Users.EndSessionsAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> RequirePasswordAsync(string reason) =>
        ChangeAsync("New password required", (actor, id) => Users.RequireNewPasswordAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> AskSecondFactorAsync(string reason) =>
        ChangeAsync("Reset asked for", (actor, id) => Users.AskSecondFactorAsync(actor, id, reason, CancellationToken.None));

    private async Task<Error?> AskRolesAsync(string reason)
    {
        var refusal = await ChangeAsync("Roles asked for", (actor, id) => Users.AskRolesAsync(actor, id, _roles, reason, CancellationToken.None));
        _rolesError = refusal?.Field == "roles" ? refusal.Message : null;
        return refusal;
    }

    private Task<Error?> DecideAsync(bool isApproval, string reason) => ChangeAsync(
        isApproval ? "Approved" : "Rejected",
        (actor, id) => Users.DecideAsync(actor, id, _decided?.Approval.Id ?? "", isApproval, reason, CancellationToken.None));

    private Task<Error?> ChangeAsync<T>(string done, Func<Actor, string, Task<Result<T>>> change)
        where T : notnull
    {
        var user = _file!.User;
        return Actions.RunAsync(actor => change(actor, user.Id), done, user.Name, () => ReloadAsync(quietly: true));
    }
}
