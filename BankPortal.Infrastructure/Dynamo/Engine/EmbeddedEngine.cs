using System.Net;
using System.Net.Sockets;

namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// Runs the database engine as a child process: on loopback, on a free port, with a data file that only this portal uses. The engine ends
/// when the portal ends, however that happens. When the engine ends unexpectedly it is restarted, after a pause that grows with each
/// failure. Thread-safe.
/// </summary>
public sealed partial class EmbeddedEngine : IAsyncDisposable, IDisposable
{
    private const string DataFileName = "bankportal.db";
    private const string Announcement = "listening on";
    // An engine that ends this often in a row will not recover by another start.
    private const int MaxFailures = 6;

    // The last lines of output, for the error message.
    private const int KeptLines = 10;

    // A large file takes seconds to open on a slow disk.
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    // How long one probe waits for an answer, and how long until the next.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(20);

    // After this time without a failure, earlier failures no longer count.
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    // Pauses between restarts double from the first to the longest.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly DynamoOptions _options;
    private readonly ILogger<EmbeddedEngine> _logger;
    private readonly TimeProvider _time;
    private readonly HttpClient _probe;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _lastLines = new();

    private FileLease? _lease;
    private SupervisedProcess? _process;
    private Task _watching = Task.CompletedTask;
    private volatile EmbeddedEngineState _state;
    private volatile int _port;
    private bool _disposed;

    /// <summary>Creates the engine without starting it.</summary>
    public EmbeddedEngine(DynamoOptions options, ILogger<EmbeddedEngine> logger, TimeProvider time)
    {
        _options = options;
        _logger = logger;
        _time = time;
        _probe = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            Timeout = ProbeTimeout,
        };
    }

    /// <summary>The current state.</summary>
    public EmbeddedEngineState State => _state;

    /// <summary>The loopback port it listens on; 0 before the start. A restart keeps the port unless another program took it.</summary>
    public int Port => _port;

    /// <summary>The path of the data file; <see langword="null"/> in memory.</summary>
    public string? DataFile { get; private set; }

    /// <summary>The process id while the engine runs; for tests and the log.</summary>
    internal int? ProcessId => _process is { Exited.IsCompleted: false } process ? process.Id : null;

    /// <summary>Locks the data file, starts the engine and returns when it answers. Does nothing when it is already started.</summary>
    /// <exception cref="DatabaseUnavailableException">The file is in use, or the engine does not start.</exception>
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
        var failures = 0;
        var ct = _stopping.Token;
        try
        {
            while (true)
            {
                var startedAt = _time.GetTimestamp();
                var code = await _process!.Exited.WaitAsync(ct);
                _state = EmbeddedEngineState.Restarting;
                Ended(_logger, code, LastLines());
                failures = _time.GetElapsedTime(startedAt) >= StableAfter ? 1 : failures + 1;

                while (true)
                {
                    if (failures > MaxFailures)
                    {
                        // The log first: whoever sees the state finds the reason there.
                        GivenUp(_logger, failures);
                        _state = EmbeddedEngineState.Failed;
                        return;
                    }

                    await Task.Delay(Pause(failures), _time, ct);
                    try
                    {
                        await EndProcessAsync();
                        await LaunchAsync(program, ct);
                        break;
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        failures++;
                        RestartFailed(_logger, e);
                    }
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

    private static TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, failures - 1);
        return pause < LongestPause ? pause : LongestPause;
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
        Message = "The embedded database engine failed {Failures} times in a row and is not started again. "
            + "Restart the portal when the cause is removed")]
    private static partial void GivenUp(ILogger logger, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "The embedded database engine could not be started again")]
    private static partial void RestartFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The embedded database engine (process {ProcessId}) answers again on port {Port}")]
    private static partial void Restarted(ILogger logger, int? processId, int port);

    [LoggerMessage(Message = "Engine: {Line}")]
    private static partial void OutputLine(ILogger logger, LogLevel level, string line);
}
