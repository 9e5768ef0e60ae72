using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Keeps the errors that the portal logs. A journey must cause none.</summary>
public sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>The errors so far, oldest first.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public ILogger CreateLogger(string categoryName) => new Listener(categoryName, _errors);

    public void Dispose()
    {
    }

    private sealed class Listener(string category, ConcurrentQueue<string> errors) : ILogger
    {
        // A page leads on in the moment in which its browser leaves: the framework logs that it could not, and nobody is there any more.
        private static bool IsLeftInTheMiddle(Exception? exception) =>
            exception is JSDisconnectedException { StackTrace: { } stack }
            && stack.Contains("RemoteNavigationManager", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel) && !IsLeftInTheMiddle(exception))
            {
                errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
