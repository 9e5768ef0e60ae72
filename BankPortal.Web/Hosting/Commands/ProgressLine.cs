namespace BankPortal.Web.Hosting.Commands;

/// <summary>
/// Shows how far a long command is: a bar that is drawn over itself on a terminal, a line now and then where the output
/// goes into a file. Written to standard error, so that results can be piped.
/// </summary>
internal sealed class ProgressLine(string what, TimeProvider time)
{
    private const int Width = 30;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InFile = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _every = Console.IsErrorRedirected ? InFile : OnTerminal;
    private TimeSpan _last;

    /// <summary>Shows that <paramref name="done"/> are done; of how many, where that is known.</summary>
    public void Show(long done, long? total = null)
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_start);
            if (elapsed - _last < _every && done != total)
            {
                return;
            }

            _last = elapsed;
            var line = Text(what, done, total, elapsed);
            Console.Error.Write(Console.IsErrorRedirected ? line + Environment.NewLine : "\r" + line + "\u001b[K");
        }
    }

    /// <summary>Ends the bar's line.</summary>
    public static void End()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine();
        }
    }

    internal static string Text(string what, long done, long? total, TimeSpan elapsed)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        var text = string.Create(CultureInfo.InvariantCulture, $"{done:N0}");
        if (total is { } all and > 0)
        {
            var share = Math.Clamp((double)done / all, 0, 1);
            var bar = new string('#', (int)(share * Width)).PadRight(Width, '.');
            text = string.Create(CultureInfo.InvariantCulture, $"[{bar}] {share * 100,3:N0} %  {done:N0} of {all:N0}");
        }

        text = string.Create(CultureInfo.InvariantCulture, $"{what} {text}  {rate:N0}/s");
        return total is { } end && rate > 0 && done < end
            ? text + "  " + Duration(TimeSpan.FromSeconds((end - done) / rate)) + " left"
            : text;
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
