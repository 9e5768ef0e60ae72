using MudBlazor;

namespace BankPortal.Web.Components.Layout;

/// <summary>
/// Short results shown in the corner and read out by screen readers: "Transfer sent". Errors in a form do not belong
/// here but next to their field. Works in interactive pages.
/// </summary>
public sealed class Toasts(ISnackbar snackbar, ComponentLibrary library)
{
    private const int ShortMilliseconds = 6_000;
    private const int LongMilliseconds = 15_000;

    /// <summary>Something the person asked for was done.</summary>
    public void Done(string summary, string? detail = null) => Show(Severity.Success, summary, detail, ShortMilliseconds);

    /// <summary>Something the person should know; nothing went wrong.</summary>
    public void Note(string summary, string? detail = null) => Show(Severity.Info, summary, detail, ShortMilliseconds);

    /// <summary>Something did not work. Stays longer, so that it can be read.</summary>
    public void Problem(string summary, string? detail = null) => Show(Severity.Error, summary, detail, LongMilliseconds);

    /// <summary>How toasts behave: at the lower right, the newest below, without sliding for long.</summary>
    public static SnackbarConfiguration NewConfiguration() => new()
    {
        PositionClass = Defaults.Classes.Position.BottomEnd,
        NewestOnTop = false,
        MaxDisplayedSnackbars = 4,
        PreventDuplicates = false,
        ShowTransitionDuration = 150,
        HideTransitionDuration = 150,
    };

    private void Show(Severity severity, string summary, string? detail, int milliseconds)
    {
        // The snackbar keeps a toast until there is a place to show it.
        _ = library.EnsureAsync();
        snackbar.Add(
            builder =>
            {
                builder.OpenElement(0, "div");
                builder.AddAttribute(1, "class", "toast-title");
                builder.AddContent(2, summary);
                builder.CloseElement();
                if (!string.IsNullOrEmpty(detail))
                {
                    builder.OpenElement(3, "div");
                    builder.AddAttribute(4, "class", "toast-detail");
                    builder.AddContent(5, detail);
                    builder.CloseElement();
                }
            },
            severity,
            options =>
            {
                options.VisibleStateDuration = milliseconds;
                options.SnackbarVariant = Variant.Outlined;
            }
        );
    }
}
