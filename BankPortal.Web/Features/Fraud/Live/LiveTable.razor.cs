namespace BankPortal.Web.Features.Fraud.Live;

public sealed partial class LiveTable
{
    private ImmutableArray<Transfer> _rendered;

    [Inject] public required RulesInForce Rules { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    /// <summary>The transfers.</summary>
    [Parameter, EditorRequired] public ImmutableArray<Transfer> Rows { get; set; } = [];

    protected override bool ShouldRender()
    {
        var isNew = _rendered != Rows;
        _rendered = Rows;
        return isNew;
    }
}
