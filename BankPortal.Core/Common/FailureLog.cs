using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Common;

/// <summary>
/// Logs work that fails again and again: the first time with the stack, then one line with the count a minute, and one line when it
/// works again. A failure of another type is logged with its stack too. Thread-safe.
/// </summary>
/// <param name="logger">Where it is logged.</param>
/// <param name="time">The clock.</param>
/// <param name="what">What does not work, as a sentence without a full stop; no personal data.</param>
/// <param name="level">The level of a failure.</param>
/// <param name="calm">How long there must be no failure before a success counts. For work of several at once, where some succeed
/// while others fail.</param>
public sealed partial class FailureLog(
    ILogger logger, TimeProvider time, string what, LogLevel level = LogLevel.Warning, TimeSpan calm = default)
{
    /// <summary>The time between two lines while it goes on failing.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // Stacks of more types than this in one go are no help.
    private const int MaxTypes = 5;

    private readonly Lock _lock = new();
    private readonly HashSet<Type> _types = [];
    private int _count;
    private long _since;
    private long _lastLine;
    private long _lastFailure;

    /// <summary>Logs a failure, or only counts it.</summary>
    public void Failed(Exception exception)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _lastFailure = now;
            if (_count == 0)
            {
                _since = now;
            }

            _count++;
            if (_types.Count < MaxTypes && _types.Add(exception.GetType()))
            {
                _lastLine = now;
                LogFirst(logger, level, exception, what);
            }
            else if (time.GetElapsedTime(_lastLine, now) >= Every)
            {
                _lastLine = now;
                var (lasts, type) = (time.GetElapsedTime(_since, now), exception.GetType().Name);
                LogAgain(logger, level, what, _count, lasts, type, exception.Message);
            }
        }
    }

    /// <summary>Notes a success. Costs one read when nothing has failed.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return;
        }

        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_count == 0 || time.GetElapsedTime(_lastFailure, now) < calm)
            {
                return;
            }

            if (_count > 1)
            {
                var lasted = time.GetElapsedTime(_since, now);
                LogOver(logger, what, _count, lasted);
            }

            _types.Clear();
            Volatile.Write(ref _count, 0);
        }
    }

    [LoggerMessage(Message = "{What}")]
    private static partial void LogFirst(ILogger logger, LogLevel level, Exception exception, string what);

    [LoggerMessage(Message = "{What}: {Count} times in {Duration}. The last: {ExceptionType}: {ExceptionMessage}")]
    private static partial void LogAgain(
        ILogger logger, LogLevel level, string what, int count, TimeSpan duration, string exceptionType, string exceptionMessage);

    [LoggerMessage(Level = LogLevel.Information, Message = "Over after {Count} failures in {Duration}: {What}")]
    private static partial void LogOver(ILogger logger, string what, int count, TimeSpan duration);
}
