using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>Shows one case: what it is about, its timeline, and the actions on it.</summary>
public sealed partial class CasePage
{
    private CaseFile? _file;
    private bool _refused;
    private bool _everything;
    private bool _mayOpenTransactions;
    private string? _actorId;
    private ImmutableArray<CaseKind> _kinds = [];
    private ImmutableArray<StaffMember> _members = [];

    // The version of the case that a dialog was opened for: a change meanwhile is refused instead of overwritten.
    private readonly OpenDialog<Question> _dialog = new();
    private long _version;
    private bool _busy;
    private bool _kept;
    private Error? _refusal;
    private string? _error;
    private string? _commandError;

    private CaseDisposition? _disposition;
    private string _reason = "";
    private string _assignee = "";
    private string _other = "";
    private string _note = "";
    private string? _noteError;

    private enum Question
    {
        Close,
        Assign,
        Link,
        Escalate,
        Reopen,
    }

    /// <summary>The case's id, or its reference as it is shown.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    private bool IsInvolved => _file?.Conflict is not null;

    private string? ConflictId => IsInvolved ? "conflict" : null;

    private string Title => _file is null ? "Case" : Person(_file.Case.CustomerId);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var actor = await Actors.GetAsync(ct);
        var found = await Desk.FindAsync(actor, id, _everything, ct);
        if (id != Id)
        {
            return;
        }

        _actorId = actor.UserId;
        _kinds = CaseRules.KindsFor(actor);
        _mayOpenTransactions = LedgerRules.MayDecide(actor);
        _file = found.IsSuccess ? found.Value : null;
        _refused = found.Error is NotAllowedError;
    }

    protected override bool Concerns(string? caseId) =>
        caseId is not null && (caseId == _file?.Case.Id || _file?.Links.Any(link => link.Case.Id == caseId) == true);

    private static string Short(string caseId) => caseId.Length < 10 ? caseId : caseId[..5] + "-" + caseId[5..10];

    private static IEnumerable<Case> Linkable(CaseFile file) =>
        file.Others.Where(other => !file.Links.Any(link => link.Case.Id == other.Id));

    private string Person(string? userId) => PersonText.Subject(userId, _file!.Names);

    private bool MayOpen(Case other) => _kinds.Contains(other.Kind);

    private string Sides(Transfer transfer) => (transfer.DebitOwnerId, transfer.CreditOwnerId) switch
    {
        ({ } from, { } to) when from != to => $"{Person(from)} to {Person(to)},",
        ({ } only, _) => Person(only) + ",",
        (_, { } only) => Person(only) + ",",
        _ => "",
    };

    private RenderFragment CaseLinkTo(Case other) => builder =>
    {
        var text = $"{CaseText.Name(other.Kind)} {other.ShortReference}";
        if (MayOpen(other))
        {
            builder.OpenElement(0, "a");
            builder.AddAttribute(1, "href", BankRoutes.FraudCase(other.Id));
            builder.AddContent(2, text);
            builder.CloseElement();
        }
        else
        {
            builder.AddContent(3, text);
        }
    };

    private string? Of(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private void Ask(Question question)
    {
        _dialog.Show(question);
        _version = _file!.Case.Version;
        (_refusal, _error, _kept, _commandError) = (null, null, false, null);
        (_disposition, _reason, _other) = (null, "", "");
    }

    private async Task AskAssignAsync()
    {
        var found = await RunAsync<ImmutableArray<StaffMember>>(
            actor => Desk.ListAssigneesAsync(actor, _file!.Case.Kind, Gone),
            members =>
            {
                _members = members;
                return Task.CompletedTask;
            });
        _commandError = found?.Message;
        if (found is null)
        {
            Ask(Question.Assign);
            _assignee = _file!.Case.AssigneeId ?? "";
        }
    }

    private void Choose(CaseDisposition disposition)
    {
        _disposition = disposition;
        _refusal = Of("disposition") is null ? _refusal : null;
    }

    private string AssigneeName(string userId) =>
        _members.FirstOrDefault(member => member.UserId == userId) is { } member
            ? member.Name + (userId == _actorId ? " (you)" : "")
            : "Nobody: back to the queue";

    private void ChooseAssignee(string? userId)
    {
        _assignee = userId ?? "";
        _refusal = null;
    }

    private void TypeReason(string? text)
    {
        _reason = text ?? "";
        _refusal = Of("reason") is null ? _refusal : null;
    }

    private void TypeOther(string? text)
    {
        _other = text ?? "";
        _refusal = null;
    }

    private void TypeNote(string? text)
    {
        _note = text ?? "";
        _noteError = null;
    }

    private async Task ShowAllAsync()
    {
        _everything = true;
        await RefreshAsync();
    }

    private Task CloseAsync() => InDialogAsync(
        actor => Cases.CloseAsync(actor, _file!.Case.Id, _version, _disposition, _reason, CancellationToken.None), "Closed");

    private Task AssignAsync() =>
        InDialogAsync(
            actor => Cases.AssignAsync(actor, _file!.Case.Id, _version, _assignee.Length == 0 ? null : _assignee, CancellationToken.None),
            "Assigned"
        );

    private Task LinkAsync() => InDialogAsync(actor => Cases.LinkAsync(actor, _file!.Case.Id, _other, CancellationToken.None), "Linked");

    private Task<Error?> EscalateAsync(string reason) =>
        ChangeAsync(actor => Cases.EscalateAsync(actor, _file!.Case.Id, _version, reason, CancellationToken.None), "Escalated");

    private Task<Error?> ReopenAsync(string reason) =>
        ChangeAsync(actor => Cases.ReopenAsync(actor, _file!.Case.Id, _version, reason, CancellationToken.None), "Reopened");

    private async Task TakeAsync()
    {
        if (_busy || _file is not { Case.IsOpen: true } file)
        {
            return;
        }

        _busy = true;
        _version = file.Case.Version;
        var refusal = await ChangeAsync(
            actor => Cases.AssignAsync(actor, file.Case.Id, _version, actor.UserId, CancellationToken.None), "Assigned to you");
        _commandError = refusal?.Message;
        _busy = false;
    }

    private async Task AddNoteAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var refusal = await RunAsync(
            actor => Cases.AddNoteAsync(actor, _file!.Case.Id, _note, CancellationToken.None),
            async _ =>
            {
                _note = "";
                await RefreshAsync();
            });
        _noteError = refusal?.Message;
        _busy = false;
    }

    private async Task InDialogAsync(Func<Actor, Task<Result<Case>>> command, string done)
    {
        _refusal = await ChangeAsync(command, done);
        _kept = _refusal is not null;
        _error = _refusal is { Field: null } ? _refusal.Message : null;
    }

    private async Task<Error?> ChangeAsync(Func<Actor, Task<Result<Case>>> command, string done)
    {
        var refusal = await RunAsync(command, async changed =>
        {
            Toasts.Done(done, changed.ShortReference);
            await RefreshAsync();
        });
        if (refusal is CaseChangedError or CaseIsClosedError or CaseIsOpenError or CaseIsEscalatedError)
        {
            // Shows the case as it is now. What was typed stays, and confirming again applies to what is shown.
            await RefreshAsync();
            _version = _file?.Case.Version ?? _version;
        }

        return refusal;
    }
}
