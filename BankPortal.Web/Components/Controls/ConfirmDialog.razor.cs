using MudBlazor;

namespace BankPortal.Web.Components.Controls;

public sealed partial class ConfirmDialog : IAsyncDisposable
{
    // A click beside it does not close: what was typed would be lost.
    private static readonly DialogOptions Options = new()
    {
        BackdropClick = false,
        CloseOnEscapeKey = true,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    private readonly string _titleId = "dialog-" + Guid.NewGuid().ToString("N");
    private MudDialog? _dialog;
    private bool _busy;

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

    // A page that takes the question away takes what is on screen with it: the library would leave it there.
    public async ValueTask DisposeAsync()
    {
        if (_dialog is not null)
        {
            await _dialog.CloseAsync();
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

    // Escape, or another page.
    private Task OnVisibleChangedAsync(bool visible) => visible || !Open ? Task.CompletedTask : SetOpenAsync(false);

    private Task SetOpenAsync(bool open)
    {
        Open = open;
        return OpenChanged.InvokeAsync(open);
    }
}
