namespace BankPortal.Web.Components.Controls;

/// <summary>Which of its dialogs a page has open: one at a time, or none.</summary>
/// <typeparam name="T">The dialogs of the page.</typeparam>
internal sealed class OpenDialog<T>
    where T : struct, Enum
{
    /// <summary>The open dialog; <see langword="null"/> if none is.</summary>
    public T? Current { get; private set; }

    /// <summary>Whether this dialog is open.</summary>
    public bool Is(T dialog) => Current is { } current && EqualityComparer<T>.Default.Equals(current, dialog);

    /// <summary>Opens a dialog in place of the one that is open.</summary>
    public void Show(T dialog) => Current = dialog;

    /// <summary>For the <c>OpenChanged</c> of the dialogs: notes that the open one was closed.</summary>
    public void Changed(bool open) => Current = open ? Current : null;
}
