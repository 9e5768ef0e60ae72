using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// Runs the database engine as a child process: on loopback, on a free port, with a data file that only this portal uses. The engine ends
/// when the portal ends, however that happens. When the engine ends unexpectedly it is restarted, however often that happens. Only
/// failed starts count: after a few it is tried slowly, and when that is hopeless the portal ends (<see cref="FatalError"/>). Thread-safe.
/// </summary>
public sealed partial class EmbeddedEngine : IAsyncDisposable, IDisposable
{
    private const string DataFileName = "bankportal.db";
    private const string Announcement = "listening on";

    // After this many failed starts in a row the pauses between them become long.
    private const int MaxFailures = 6;

    // The last lines of output, for the error message.
    private const int KeptLines = 10;

    // A large file takes seconds to open on a slow disk.
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    // How long one probe waits for an answer, and how long until the next.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(20);

    // An engine that ran this long does not make the next pause longer by ending.
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    // Pauses before a start double from the first to the longest: short where the starts succeed, for people are waiting.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPauseAfterExit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPauseAfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two starts once several in a row have failed.</summary>
    internal static readonly TimeSpan SlowPause = TimeSpan.FromSeconds(30);

    /// <summary>When no start has succeeded for this long, the portal ends.</summary>
    internal static readonly TimeSpan HopelessAfter = TimeSpan.FromMinutes(10);

    private readonly DynamoOptions _options;
    private readonly ILogger<EmbeddedEngine> _logger;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime? _portal;
    private readonly FailureLog _failedStarts;
    private readonly HttpClient _probe;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _lastLines = new();

    private FileLease? _lease;
    private SupervisedProcess? _process;
    private Task _watching = Task.CompletedTask;
    private volatile EmbeddedEngineState _state;
    private volatile int _port;
    private volatile string? _fatalError;
    private bool _disposed;

    /// <summary>Creates the engine without starting it.</summary>
    /// <param name="options">Where its file and program are.</param>
    /// <param name="logger">Is told of starts, ends and the engine's output.</param>
    /// <param name="time">The clock.</param>
    /// <param name="portal">Is ended when the engine cannot be started again; without it, the engine only stays stopped.</param>
    public EmbeddedEngine(
        DynamoOptions options, ILogger<EmbeddedEngine> logger, TimeProvider time, IHostApplicationLifetime? portal = null)
    {
        _options = options;
        _logger = logger;
        _time = time;
        _portal = portal;
        _failedStarts = new FailureLog(logger, time, "The embedded database engine could not be started again", LogLevel.Error);
        _probe = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            Timeout = ProbeTimeout,
        };
    }

    /// <summary>The current state.</summary>
    public EmbeddedEngineState State => _state;

    /// <summary>The loopback port it listens on; 0 before the start. A restart keeps the port unless another program took it.</summary>
    public int Port => _port;

    /// <summary>Why it is not started again and the portal ends, as a line for people; <see langword="null"/> otherwise.</summary>
    public string? FatalError => _fatalError;

    /// <summary>The path of the data file; <see langword="null"/> in memory.</summary>
    public string? DataFile { get; private set; }

    /// <summary>The process id while the engine runs; for tests and the log.</summary>
    internal int? ProcessId => _process is { Exited.IsCompleted: false } process ? process.Id : null;

    /// <summary>Locks the data file, starts the engine and returns when it answers. Does nothing when it is already started.</summary>
    /// <exception cref="DatabaseUnavailableException">The file is in use or damaged, or the engine does not start.</exception>
    public async Task StartAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_state != EmbeddedEngineState.Stopped)
            {
                return;
            }

            var program = EngineProgram.Find(_options.EnginePath);
            TakeDataFile();
            _state = EmbeddedEngineState.Starting;
            try
            {
                if (DataFile is not null && DataFileCheck.Find(DataFile) is { } damage)
                {
                    throw new DatabaseUnavailableException(damage);
                }

                await LaunchAsync(program, ct);
            }
            catch
            {
                _state = EmbeddedEngineState.Stopped;
                await EndProcessAsync();
                _lease?.Dispose();
                _lease = null;
                throw;
            }

            _state = EmbeddedEngineState.Running;
            Started(_logger, ProcessId, Port, DataFile ?? "everything in memory");
            _watching = Task.Run(() => WatchAsync(program), CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops the engine and releases the data file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            await _stopping.CancelAsync();
            await _watching;
            await EndProcessAsync();
            _state = EmbeddedEngineState.Stopped;
            _lease?.Dispose();
            _probe.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void TakeDataFile()
    {
        if (_options.InMemory)
        {
            return;
        }

        var folder = _options.EffectiveDataFolder
            ?? throw new DatabaseUnavailableException("This user has no application-data folder; set Dynamo:DataFolder.");
        DataFile = Path.Combine(folder, DataFileName);
        try
        {
            // The file holds all the bank's data: no other user of the machine may read it.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"The database's folder {folder} cannot be created. Set Dynamo:DataFolder to one that can.", e);
        }

        _lease = FileLease.Take(DataFile);
    }

    /// <summary>Starts the process and returns when it answers.</summary>
    private async Task LaunchAsync(string program, CancellationToken ct)
    {
        const int Tries = 5;
        for (var attempt = 1; ; attempt++)
        {
            _port = _port != 0 && IsFree(_port) ? _port : FreePort();
            lock (_lastLines)
            {
                _lastLines.Clear();
            }

            List<string> arguments = ["--host", IPAddress.Loopback.ToString(), "--port", _port.ToString(CultureInfo.InvariantCulture)];
            if (DataFile is not null)
            {
                arguments.AddRange(["--db-path", DataFile]);
            }

            var process = SupervisedProcess.Start(program, arguments, AppContext.BaseDirectory, Note);
            _process = process;
            if (await AnswersAsync(process, ct))
            {
                return;
            }

            var output = LastLines();
            await EndProcessAsync();
            // Another program may have taken the port between our choice and the engine's bind.
            if (attempt < Tries && output.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                _port = 0;
                continue;
            }

            var outcome = process.Exited.IsCompletedSuccessfully
                ? string.Create(CultureInfo.InvariantCulture, $"ended with code {process.Exited.Result}")
                : string.Create(CultureInfo.InvariantCulture, $"did not answer within {AnswerDeadline.TotalSeconds} seconds");
            throw new DatabaseUnavailableException(
                $"The embedded database engine {program} {outcome}." + (output.Length == 0 ? "" : $" Its output: {output}"));
        }
    }

    private async Task<bool> AnswersAsync(SupervisedProcess process, CancellationToken ct)
    {
        var address = new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), _port).Uri;
        var deadline = _time.GetTimestamp();
        while (!process.Exited.IsCompleted && _time.GetElapsedTime(deadline) < AnswerDeadline)
        {
            try
            {
                using var response = await _probe.GetAsync(address, ct);
                // An answer alone is not enough: it could come from another program that took the port.
                if (LastLines().Contains(Announcement, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                // Not answering yet.
            }

            await Task.Delay(ProbeEvery, ct);
        }

        return false;
    }

    private async Task WatchAsync(string program)
    {
        var exits = 0;
        var ct = _stopping.Token;
        try
        {
            while (true)
            {
                var startedAt = _time.GetTimestamp();
                var code = await _process!.Exited.WaitAsync(ct);
                _state = EmbeddedEngineState.Restarting;
                Ended(_logger, code, LastLines());
                exits = _time.GetElapsedTime(startedAt) >= StableAfter ? 1 : exits + 1;
                await Task.Delay(Pause(exits, LongestPauseAfterExit), _time, ct);
                if (await WhyNotRestartedAsync(program, ct) is { } reason)
                {
                    GiveUp(reason);
                    return;
                }

                _state = EmbeddedEngineState.Running;
                Restarted(_logger, ProcessId, Port);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The portal is shutting down.
        }
    }

    // Tries until a start succeeds. Returns the reason when no further try makes sense.
    private async Task<string?> WhyNotRestartedAsync(string program, CancellationToken ct)
    {
        var since = _time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                await EndProcessAsync();
                await LaunchAsync(program, ct);
                _failedStarts.Succeeded();

                // What was in memory ended with the process; a bank without tables must not go on as if nothing had happened.
                return DataFile is null ? "The embedded database engine ended, and with it all data: Dynamo:InMemory is on." : null;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                _failedStarts.Failed(e);
                if (DataFile is not null && DataFileCheck.Find(DataFile) is { } damage)
                {
                    return damage;
                }

                if (_time.GetElapsedTime(since) >= HopelessAfter)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"The embedded database engine could not be started for {HopelessAfter.TotalMinutes} minutes: {e.Message}");
                }
            }

            if (failures == MaxFailures)
            {
                // The log first: whoever sees the state finds the reason there.
                TriedSlowly(_logger, failures, SlowPause.TotalSeconds, HopelessAfter.TotalMinutes);
                _state = EmbeddedEngineState.Failed;
            }

            await Task.Delay(failures < MaxFailures ? Pause(failures, LongestPauseAfterFailure) : SlowPause, _time, ct);
        }
    }

    private void GiveUp(string reason)
    {
        _fatalError = reason;
        GivenUp(_logger, reason);
        _state = EmbeddedEngineState.Failed;

        // Not on this thread: whoever waits for the end of the portal also waits for this watch to end.
        _ = Task.Run(() => _portal?.StopApplication());
    }

    private async ValueTask EndProcessAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }

    private void Note(string line, bool error)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }

        OutputLine(_logger, error ? LogLevel.Information : LogLevel.Debug, line);
    }

    private string LastLines()
    {
        lock (_lastLines)
        {
            return string.Join(" | ", _lastLines);
        }
    }

    // The pause before start number count + 1; the exponent is bounded because an engine may end any number of times.
    private static TimeSpan Pause(int count, TimeSpan longest)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(count, MaxFailures + 1) - 1);
        return pause < longest ? pause : longest;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The embedded database engine (process {ProcessId}) answers on port {Port}, with {DataFile}")]
    private static partial void Started(ILogger logger, int? processId, int port, string dataFile);

    [LoggerMessage(Level = LogLevel.Error, Message = "The embedded database engine ended by itself with code {ExitCode}: {LastLines}")]
    private static partial void Ended(ILogger logger, int exitCode, string lastLines);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The embedded database engine could not be started {Failures} times in a row. It is tried again every {Seconds} seconds; "
            + "after {Minutes} minutes the portal ends")]
    private static partial void TriedSlowly(ILogger logger, int failures, double seconds, double minutes);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The portal ends, because its database is gone. {Reason}")]
    private static partial void GivenUp(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The embedded database engine (process {ProcessId}) answers again on port {Port}")]
    private static partial void Restarted(ILogger logger, int? processId, int port);

    [LoggerMessage(Message = "Engine: {Line}")]
    private static partial void OutputLine(ILogger logger, LogLevel level, string line);
}
