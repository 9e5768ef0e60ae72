using Microsoft.JSInterop;

namespace BankPortal.Web.Components.Controls;

public sealed partial class ConfirmDialog
{
    private readonly string _titleId = "dialog-" + Guid.NewGuid().ToString("N");
    private ElementReference _dialog;
    private bool _busy;
    private bool _shown;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>Whether the question is on screen.</summary>
    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The question.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>What the button that does it is called: a verb and its object, never "OK".</summary>
    [Parameter, EditorRequired] public string Confirm { get; set; } = "";

    [Parameter] public string Cancel { get; set; } = "Cancel";

    /// <summary>Whether the act destroys something: the button is red and "Cancel" has the focus.</summary>
    [Parameter] public bool Danger { get; set; }

    /// <summary>Runs when confirmed; the dialog closes afterwards unless <see cref="Error"/> is set by then.</summary>
    [Parameter] public EventCallback OnConfirm { get; set; }

    /// <summary>Why it was refused; keeps the dialog open.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>Keeps the dialog open after it was confirmed: a field in it says what is wrong.</summary>
    [Parameter] public bool KeepOpen { get; set; }

    /// <summary>What will happen.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _shown)
        {
            return;
        }

        _shown = Open;
        try
        {
            await Js.InvokeVoidAsync("bankPortal.showDialog", _dialog, Open);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task ConfirmAsync()
    {
        // A second click can arrive before the button is seen disabled.
        if (_busy || !Open)
        {
            return;
        }

        _busy = true;
        try
        {
            await OnConfirm.InvokeAsync();

            // An answer that came without waiting has not been rendered yet: let the refusal arrive.
            await Task.Yield();
        }
        finally
        {
            _busy = false;
        }

        if (Error is null && !KeepOpen)
        {
            await SetOpenAsync(false);
        }
    }

    private Task CancelAsync() => _busy ? Task.CompletedTask : SetOpenAsync(false);

    // Escape, or the browser closing it by itself.
    private Task OnClosedAsync()
    {
        _shown = false;
        return Open && !_busy ? SetOpenAsync(false) : Task.CompletedTask;
    }

    private Task SetOpenAsync(bool open)
    {
        Open = open;
        return OpenChanged.InvokeAsync(open);
    }
}
