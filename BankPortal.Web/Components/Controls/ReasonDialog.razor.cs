namespace BankPortal.Web.Components.Controls;

public sealed partial class ReasonDialog
{
    private bool _wasOpen;
    private string _reason = "";
    private string? _reasonError;
    private string? _error;
    private bool _refused;

    /// <summary>Whether the question is on screen.</summary>
    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The question.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>What the button that does it is called.</summary>
    [Parameter, EditorRequired] public string Confirm { get; set; } = "";

    /// <summary>Whether the act takes something from somebody.</summary>
    [Parameter] public bool Danger { get; set; }

    /// <summary>
    /// Does it. Gives back the refusal, shown with the reason when its field is "reason", not at all when it is one that the
    /// caller shows itself (<see cref="Shows"/>), and below otherwise; <see langword="null"/> when it is done.
    /// </summary>
    [Parameter, EditorRequired] public Func<string, Task<Error?>> OnDecide { get; set; } = default!;

    /// <summary>The field whose refusals the caller shows itself, in <see cref="After"/>.</summary>
    [Parameter] public string? Shows { get; set; }

    /// <summary>What will happen.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>What stands below the reason.</summary>
    [Parameter] public RenderFragment? After { get; set; }

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            _reason = "";
            _reasonError = _error = null;
            _refused = false;
        }

        _wasOpen = Open;
    }

    private void Type(string? text)
    {
        _reason = text ?? "";
        _reasonError = null;
    }

    private async Task DecideAsync()
    {
        var refusal = await OnDecide(_reason);
        _refused = refusal is not null;
        _reasonError = refusal?.Field == "reason" ? refusal.Message : null;
        _error = refusal is null || refusal.Field == "reason" || (Shows is not null && refusal.Field == Shows) ? null : refusal.Message;
    }
}
