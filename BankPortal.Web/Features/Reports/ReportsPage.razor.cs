using BankPortal.Core.Reports.Saved;

namespace BankPortal.Web.Features.Reports;

/// <summary>Lists the reports: those of the bank, one's own and those that others share.</summary>
public sealed partial class ReportsPage
{
    private SavedReportList _saved = new([], [], []);
    private string _ownId = "";

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required SavedReportService Saved { get; init; }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var read = await Saved.ListAsync(actor, ct);
        (_saved, _ownId) = (read.IsSuccess ? read.Value : new SavedReportList([], [], []), actor.UserId);
    }

    private IEnumerable<(string Id, string Title, string Empty, ImmutableArray<SavedReport> Reports)> Lists()
    {
        yield return ("own-title", "Your reports", "You have saved none yet. Build one and give it a title.", _saved.Own);
        if (!_saved.Shared.IsEmpty)
        {
            yield return ("shared-title", "Shared with you", "", _saved.Shared);
        }
    }

    private string NameOf(string userId) =>
        userId == _ownId ? "You" : _saved.Colleagues.FirstOrDefault(member => member.UserId == userId)?.Name ?? "A former colleague";
}
