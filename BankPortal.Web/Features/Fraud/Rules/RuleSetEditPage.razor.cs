using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>
/// Edits a draft. Every change is checked and shown as plain text at once, and kept on the server until it is saved or
/// discarded, so that an input error, a lost connection or the change of another person does not lose it.
/// </summary>
public sealed partial class RuleSetEditPage
{
    private readonly HashSet<Guid> _open = [];
    private Dictionary<Guid, RiskRule> _read = [];
    private RuleSetVersion? _seen;
    private RuleSetVersion? _theirs;
    private RuleSetDraft? _draft;
    private RuleSetDiff? _changes;
    private RuleDraft? _removing;
    private DateTimeOffset? _restoredAt;
    private string _userId = "";
    private string _theirName = "";
    private string? _refusal;
    private string? _problem;
    private bool _discarding;
    private bool _saving;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RuleSetService Rules { get; init; }

    [Inject] public required UnsavedRules Unsaved { get; init; }

    [Inject] public required ICustomerDirectory Directory { get; init; }

    [Inject] public required AccountOptions Accounts { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Parameter] public int Number { get; set; }

    protected override object? LoadKey => Number;

    private Currency Currency => Currency.Of(Accounts.Currency);

    private bool HasChanges => _changes is { IsEmpty: false } || (_draft?.ErrorCount ?? 0) > 0;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var number = Number;
        var actor = await Actors.GetAsync(ct);
        var found = await Rules.FindAsync(actor, number, ct);
        if (number != Number)
        {
            return;
        }

        _userId = actor.UserId;
        _draft = null;
        _theirs = null;
        _restoredAt = null;
        _refusal = !found.IsSuccess ? (found.Error is NotAllowedError ? "You have no access to the rules" : null)
            : !RuleSetService.MayWrite(actor) ? "Only fraud analysts edit rules"
            : !found.Value.IsEditable ? "The rules of this version can no longer be edited"
            : null;
        if (!found.IsSuccess || _refusal is not null)
        {
            return;
        }

        if (Unsaved.Find(actor.UserId, number) is { } kept)
        {
            (_seen, _draft, _restoredAt) = (kept.Seen, kept.Draft, kept.At);
            if (kept.Seen.Revision != found.Value.Revision && kept.Seen.Edition != found.Value.Edition)
            {
                await ShowTheirsAsync(found.Value, ct);
            }
            else
            {
                // A back-test meanwhile is not an edit.
                _seen = found.Value;
            }
        }
        else
        {
            (_seen, _draft) = (found.Value, RuleSetDraft.Of(found.Value.Set));
        }

        Check();
    }

    private static IReadOnlyDictionary<string, object> With(FieldContext field, bool isWrong)
    {
        var attributes = new Dictionary<string, object>(field.Attributes, StringComparer.Ordinal)
        {
            ["aria-describedby"] = "thresholds-error",
        };
        if (isWrong)
        {
            attributes["aria-invalid"] = "true";
        }

        return attributes;
    }

    private IReadOnlyDictionary<string, object> Threshold(FieldContext field) => With(field, _draft?.ErrorOf("thresholds") is not null);

    private string? StateOf(RuleDraft rule) =>
        _seen!.Set.Rules.FirstOrDefault(saved => saved.Id == rule.Id) is not { } saved ? "New"
        : _read[rule.Key] != saved ? "Changed"
        : null;

    private void Toggle(RuleDraft rule)
    {
        if (!_open.Remove(rule.Key))
        {
            _open.Add(rule.Key);
        }
    }

    private Task AddAsync() => ChangeAsync(() =>
    {
        var rule = RuleDraft.New();
        rule.Id = _draft!.IdFor("new-rule", rule);
        _draft.Rules.Insert(0, rule);
        _open.Add(rule.Key);
    });

    private Task RemoveAsync() => ChangeAsync(() =>
    {
        _draft!.Rules.Remove(_removing!);
        _removing = null;
    });

    private void CloseRemoving(bool open) => _removing = open ? _removing : null;

    private Task DiscardAsync()
    {
        Unsaved.Forget(_userId, Number);
        return ReloadAsync();
    }

    private Task ChangeAsync(Action change)
    {
        change();
        return ChangedAsync();
    }

    private Task ChangedAsync()
    {
        _problem = null;
        _restoredAt = null;
        Check();
        Unsaved.Keep(_userId, _seen!, _draft!);
        return Task.CompletedTask;
    }

    private RuleSet Check()
    {
        var set = _draft!.Read(Number);
        _read = _draft.Rules.Zip(set.Rules).ToDictionary(pair => pair.First.Key, pair => pair.Second);
        _changes = RuleSetDiff.Of(_seen!.Set, set);
        return set;
    }

    private async Task SaveAsync()
    {
        if (_saving || _draft is null || _seen is null)
        {
            return;
        }

        var set = Check();
        if (_draft.ErrorCount > 0)
        {
            // Rules with errors are opened, so that the errors are seen.
            _open.UnionWith(_draft.Rules.Where(rule => rule.ErrorCount > 0).Select(rule => rule.Key));
            return;
        }

        _saving = true;
        try
        {
            if (await RunAsync(() => SaveAsync(set)) is UnexpectedError fault)
            {
                _problem = $"It could not be saved. What you typed is still here. Reference {fault.Reference}";
            }
        }
        finally
        {
            _saving = false;
        }
    }

    private async Task SaveAsync(RuleSet set)
    {
        var saved = await Rules.SaveAsync(await Actors.GetAsync(Gone), _seen!, set.Rules, set.Thresholds, CancellationToken.None);
        switch (saved)
        {
            case { IsSuccess: true }:
                Unsaved.Forget(_userId, Number);
                (_seen, _theirs, _problem) = (saved.Value, null, null);
                _draft!.Rules.ForEach(rule => rule.IsNew = false);
                Check();
                Toasts.Done("Draft saved", $"Version {Number.ToString(CultureInfo.InvariantCulture)}");
                break;
            case { Error: RulesInvalidError invalid }:
                _draft!.Take(invalid.Errors);
                break;
            case { Error: ChangedMeanwhileError }
                when await Rules.FindAsync(await Actors.GetAsync(Gone), Number, Gone) is { IsSuccess: true } now:
                if (now.Value.Edition == _seen!.Edition)
                {
                    // Only its state changed, by a back-test: saving again overwrites no rules of anybody.
                    _seen = now.Value;
                    _problem = "The draft was back-tested meanwhile. Save again to change it anyway.";
                }
                else
                {
                    await ShowTheirsAsync(now.Value, Gone);
                }

                break;
            default:
                _problem = saved.Error!.Message;
                break;
        }
    }

    private async Task ShowTheirsAsync(RuleSetVersion theirs, CancellationToken ct)
    {
        _theirs = theirs;
        var editor = theirs.Last(RuleSetAction.Edit)?.ActorId;
        _theirName = PersonText.Subject(editor, editor is null ? null : await Directory.FindNameAsync(editor, ct));
    }

    private Task TakeTheirsAsync()
    {
        Unsaved.Forget(_userId, Number);
        return ReloadAsync(quietly: true);
    }

    private Task KeepMineAsync() => ChangeAsync(() => (_seen, _theirs) = (_theirs!, null));
}
