using BankPortal.Core.Common.Jobs;

namespace BankPortal.Web.Features.Home;

/// <summary>Shows why days are not closed yet, and follows it.</summary>
public sealed partial class JobHoldNote
{
    private ImmutableArray<string> _reasons = [];

    [Inject] public required IEnumerable<IJobHold> Holds { get; init; }

    protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        foreach (var hold in Holds)
        {
            if (await hold.FindReasonAsync(ct) is { } reason)
            {
                reasons.Add(reason);
            }
        }

        _reasons = reasons.ToImmutable();
    }
}
