namespace BankPortal.Web.Components.Formatting;

public sealed partial class LocalTime
{
    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>The instant.</summary>
    [Parameter, EditorRequired] public DateTimeOffset Value { get; set; }

    /// <summary>How much of it is shown.</summary>
    [Parameter] public TimeFormat Format { get; set; } = TimeFormat.DateTime;

    [Parameter] public string? Class { get; set; }

    public void Dispose() => UserTimeZone.Changed -= Refresh;

    protected override void OnInitialized() => UserTimeZone.Changed += Refresh;

    private void Refresh(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
