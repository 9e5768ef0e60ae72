namespace BankPortal.Web.Features.Accounts;

/// <summary>Shows staff the customers related to them and lets them declare more. Administrators see all and remove.</summary>
public sealed partial class RelatedPersonsPage
{
    private IReadOnlyList<RelatedLine> _own = [];
    private IReadOnlyList<RelatedLine>? _all;
    private string _number = "";
    private string? _numberError;
    private RelationKind _kind;
    private Error? _problem;
    private RelatedLine? _checked;
    private bool _declaring;
    private Error? _refused;
    private RelatedLine? _asked;
    private bool _open;

    private enum Question
    {
        Remove,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RelatedPersonService Related { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var own = await Related.ListOwnAsync(actor, ct);
        _own = own.IsSuccess ? own.Value : [];
        var all = RelatedPersonService.MayRemove(actor) ? await Related.ListAllAsync(actor, ct) : new NotAllowedError();
        _all = all.IsSuccess ? all.Value : null;
        if (await StepUp.ResumeAsync<Question>() is { } wanted
            && _all?.FirstOrDefault(line => ItemOf(line) == wanted.Item) is { Conflict: null } asked)
        {
            Ask(asked);
        }
    }

    private static string Relation(RelationKind kind) => kind switch
    {
        RelationKind.Household => "Household",
        RelationKind.Employer => "Employer",
        RelationKind.OwnSignIn => "Own sign-in as a customer",
        _ => kind.ToString(),
    };

    private static string ItemOf(RelatedLine line) => $"{line.StaffId}.{line.Person.UserId}";

    private static string? ConflictId(RelatedLine line) => line.Conflict is null ? null : "conflict-" + ItemOf(line);

    private void TypeNumber(string? text)
    {
        _number = text ?? "";
        _numberError = null;
    }

    // Shows whose account it is before the declaration takes effect: the person cannot take it back.
    private async Task CheckAsync()
    {
        _problem = null;
        var refusal = await RunOnceAsync(
            async () => await Related.CheckAsync(await Actors.GetAsync(Gone), _number, _kind, Gone),
            line =>
            {
                _refused = null;
                _checked = line;
                _declaring = true;
            });
        Show(refusal);
    }

    private async Task DeclareAsync()
    {
        var kind = _checked?.Person.Kind;
        _refused = await RunAsync(
            async () => await Related.DeclareAsync(await Actors.GetAsync(Gone), _number, kind, CancellationToken.None),
            _ =>
            {
                Toasts.Done("Declared");
                _number = "";
                return ReloadAsync(quietly: true);
            });
    }

    private void Show(Error? refusal)
    {
        _numberError = refusal?.Field == "number" ? refusal.Message : null;
        _problem = refusal?.Field == "number" ? null : refusal;
    }

    private async Task AskAsync(RelatedLine line)
    {
        if (await StepUp.IsReadyAsync(Question.Remove, ItemOf(line)))
        {
            Ask(line);
        }
    }

    private void Ask(RelatedLine line)
    {
        _asked = line;
        _open = true;
    }

    private async Task<Error?> RemoveAsync(string reason)
    {
        if (_asked is not { } asked)
        {
            return null;
        }

        var refusal = await RunAsync(
            async () => await Related.RemoveAsync(
                await Actors.GetAsync(Gone), asked.StaffId, asked.Person.UserId, reason, CancellationToken.None),
            _ =>
            {
                Toasts.Done("Removed");
                return ReloadAsync(quietly: true);
            });
        StepUp.AskIfStale(refusal);
        return refusal;
    }
}
