using System.ComponentModel;
using System.Diagnostics;

namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// A child process that never outlives this one, even when this one is killed without a chance to clean up.
/// </summary>
/// <remarks>
/// On Unix a small shell reads a pipe from this process. When the pipe closes without the message of a normal end, this process is gone,
/// and the shell ends the child. (Linux's parent-death signal is unsuitable: it is tied to the thread that started the child, and
/// thread-pool threads come and go.) The child gets its own session, so that Ctrl+C in a terminal reaches this process first and lets it
/// finish its work while the child still runs. On Windows a job object that closes with this process does the same.
/// </remarks>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    // An engine that has not ended by then is killed.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    // $@ is the program and its arguments. The last exec keeps the process id, so the id we know is that of the child itself.
    private const string UnixLauncher =
        """
        child=$$
        exec 3<&0
        (
          trap '' HUP INT QUIT TERM
          if read -r word <&3; then exit 0; fi
          kill -TERM "$child"
          tries=0
          while kill -0 "$child"; do
            if [ "$tries" -ge 30 ]; then kill -KILL "$child"; exit 0; fi
            sleep 0.1
            tries=$((tries + 1))
          done
        ) >/dev/null 2>&1 &
        exec 3<&- </dev/null
        if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
        if command -v perl >/dev/null 2>&1; then exec perl -e 'setpgrp(0, 0); exec { $ARGV[0] } @ARGV or exit 127' "$@"; fi
        exec "$@"
        """;

    private readonly Process _process;
    private readonly IDisposable? _job;

    private SupervisedProcess(Process process, IDisposable? job)
    {
        _process = process;
        _job = job;
        Exited = AwaitExitAsync();
    }

    /// <summary>The child's process id.</summary>
    public int Id => _process.Id;

    /// <summary>Completes with the exit code when the child has ended and all its output has been passed on.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="program">The full path of the program, or a name to be found in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="onOutput">Receives each line of standard output and of standard error (the latter with
    /// <see langword="true"/>).</param>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public static SupervisedProcess Start(
        string program, IEnumerable<string> arguments, string? workingDirectory, Action<string, bool> onOutput)
    {
        var windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(windows ? program : "/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        if (!windows)
        {
            foreach (var argument in (string[])["-c", UnixLauncher, "sh", program])
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Hand(e.Data, false);
        process.ErrorDataReceived += (_, e) => Hand(e.Data, true);
        process.Start();
        var job = windows ? WindowsJob.Assign(process) : null;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new SupervisedProcess(process, job);

        void Hand(string? line, bool error)
        {
            if (!string.IsNullOrEmpty(line))
            {
                onOutput(line, error);
            }
        }
    }

    /// <summary>Kills the child at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // The child has already ended.
        }
    }

    /// <summary>Asks the child to end, kills it after some seconds, and returns when it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            if (OperatingSystem.IsWindows())
            {
                Kill();
            }
            else
            {
                CloseInput(); // The watcher asks the child to end.
            }

            try
            {
                await Exited.WaitAsync(StopPatience);
            }
            catch (TimeoutException)
            {
                Kill();
                await Exited;
            }
        }

        _process.Dispose();
        _job?.Dispose();
    }

    private async Task<int> AwaitExitAsync()
    {
        await _process.WaitForExitAsync();
        StandDown();
        return _process.ExitCode;
    }

    // Tells the watcher that the child has ended, so that it does not signal another process that gets the same id.
    private void StandDown()
    {
        try
        {
            _process.StandardInput.WriteLine("gone");
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The watcher has already ended.
        }

        CloseInput();
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Already closed.
        }
    }
}
