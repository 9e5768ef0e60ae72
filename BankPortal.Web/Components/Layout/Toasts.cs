using Radzen;

namespace BankPortal.Web.Components.Layout;

/// <summary>
/// Short results shown in the corner and read out by screen readers: "Transfer sent". Errors in a form do not belong
/// here but next to their field. Works in interactive pages.
/// </summary>
public sealed class Toasts(NotificationService notifications)
{
    /// <summary>Something the person asked for was done.</summary>
    public void Done(string summary, string? detail = null) => Show(NotificationSeverity.Success, summary, detail, 6000);

    /// <summary>Something the person should know; nothing went wrong.</summary>
    public void Note(string summary, string? detail = null) => Show(NotificationSeverity.Info, summary, detail, 6000);

    /// <summary>Something did not work. Stays longer, so that it can be read.</summary>
    public void Problem(string summary, string? detail = null) => Show(NotificationSeverity.Error, summary, detail, 15000);

    private void Show(NotificationSeverity severity, string summary, string? detail, double milliseconds) =>
        notifications.Notify(new NotificationMessage
        {
            Severity = severity,
            Summary = summary,
            Detail = detail ?? "",
            Duration = milliseconds,
            ShowProgress = false,
            Payload = severity,
        });
}
