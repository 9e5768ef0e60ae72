namespace BankPortal.Web.Components.Controls;

public sealed partial class StaleNote
{
    /// <summary>How often the age is drawn again.</summary>
    internal static readonly TimeSpan DrawEvery = TimeSpan.FromSeconds(5);

    private ITimer? _timer;

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    /// <summary>When what is shown was read; <see langword="null"/> while it is up to date.</summary>
    [Parameter, EditorRequired] public DateTimeOffset? AsOf { get; set; }

    /// <summary>What "Try again" does; without it there is no such button.</summary>
    [Parameter] public EventCallback OnRetry { get; set; }

    public void Dispose() => _timer?.Dispose();

    protected override void OnParametersSet()
    {
        if (AsOf is null)
        {
            _timer?.Dispose();
            _timer = null;
        }
        else
        {
            _timer ??= Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, DrawEvery, DrawEvery);
        }
    }

    private string Clock(DateTimeOffset at) => UserTimeZone.ToLocal(at).ToString("T", CultureInfo.CurrentCulture);
}
