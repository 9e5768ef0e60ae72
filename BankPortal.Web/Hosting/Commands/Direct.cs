namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// Progress that is shown at once on the thread that reports it; the framework's own may show the last report after the end.
/// </summary>
internal sealed class Direct<T>(Action<T> show) : IProgress<T>
{
    public void Report(T value) => show(value);
}
