using BankPortal.Core.Lending.Applications;

namespace BankPortal.Web.Features.Lending.Desk;

/// <summary>Everything about one loan, and the decisions about it.</summary>
public sealed partial class LoanFilePage
{
    private LoanDossier? _file;
    private Dictionary<string, string> _names = [];
    private Question? _question;
    private string? _approvalId;
    private MoneyEntry _amount = MoneyEntry.Empty;
    private bool _isManager;

    private enum Question
    {
        Approve,
        Reject,
        WriteOff,
        Recover,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanDesk Desk { get; init; }

    [Inject] public required IStaffDirectory Staff { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>The loan.</summary>
    [Parameter] public string LoanId { get; set; } = "";

    protected override object? LoadKey => LoanId;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var read = await Desk.FileAsync(actor, LoanId, ct);
        _file = read.IsSuccess ? read.Value : null;
        _isManager = actor.Is(BankRoles.Manager);
        _names = (await Staff.ListAsync([BankRoles.Manager, BankRoles.Admin], ct))
            .ToDictionary(member => member.UserId, member => member.Name, StringComparer.Ordinal);
        if (await StepUp.ResumeAsync<Question>() is { } resumed && _file is not null)
        {
            (_question, _approvalId) = (resumed.Action, resumed.Item);
        }
    }

    private Money Of(long minorUnits) => new(minorUnits, _file!.Loan.Terms.Amount.Currency);

    private async Task AskAsync(Question question, string? approvalId = null)
    {
        if (await StepUp.IsReadyAsync(question, approvalId))
        {
            (_question, _approvalId, _amount) = (question, approvalId, MoneyEntry.Empty);
        }
    }

    private void Changed(bool open)
    {
        if (!open)
        {
            _question = null;
        }
    }

    private async Task<Error?> DecideAsync(string reason)
    {
        if (_file is not { Loan: var loan } || _question is not { } question)
        {
            return null;
        }

        if (question == Question.Recover)
        {
            _amount = _amount.Check(loan.Terms.Amount.Currency);
            if (_amount.Value is null)
            {
                return new InvalidInputError("amount", _amount.Error ?? "Enter an amount.");
            }
        }

        var refusal = await RunAsync(async () =>
        {
            var actor = await Actors.GetAsync(CancellationToken.None);
            var none = CancellationToken.None;
            return question switch
            {
                Question.Approve or Question.Reject =>
                    (await Desk.DecideAsync(actor, loan.Id, _approvalId ?? "", question == Question.Approve, reason, none))
                    .Map(decided => decided.Missing > 0 ? "Approved. A second person has to approve it as well." : "Decided"),
                Question.WriteOff => (await Desk.AskWriteOffAsync(actor, loan.Id, reason, none)).Map(_ => "A second person decides"),
                _ => (await Desk.RecoverAsync(actor, loan.Id, _amount.Value!.Value, reason, loan.Version, none)).Map(_ => "Recovered"),
            };
        },
        async done =>
        {
            Toasts.Done(done);
            await ReloadAsync(quietly: true);
        });
        StepUp.AskIfStale(refusal);
        return refusal;
    }
}
