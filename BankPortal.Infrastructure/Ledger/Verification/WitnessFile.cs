using System.Text;

namespace BankPortal.Infrastructure.Ledger.Verification;

/// <summary>
/// The file of the witness: the newest steps, one line each. Appends until it has twice as many as it keeps, then writes the newest
/// anew and puts that in place. Not thread-safe.
/// </summary>
internal sealed class WitnessFile : IDisposable
{
    /// <summary>
    /// How many steps are kept. What a crash or a lost write-ahead log can take away are the newest ones: the engine moves its log into
    /// the file after some hundred.
    /// </summary>
    public const int Kept = 500;

    private readonly string _path;
    private readonly Queue<WitnessedStep> _steps;
    private FileStream? _file;
    private int _lines;

    /// <summary>Takes the steps that are known; the file is written anew with the first addition.</summary>
    public WitnessFile(string path, IEnumerable<WitnessedStep> steps)
    {
        _path = path;
        _steps = new Queue<WitnessedStep>(steps.TakeLast(Kept));
        LastNumber = _steps.LastOrDefault()?.Number ?? 0;
    }

    /// <summary>The number of the newest step.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Reads a file; empty when there is none.</summary>
    public static IReadOnlyList<WitnessedStep> Read(string path) =>
        File.Exists(path)
            ? [.. File.ReadLines(path, Encoding.UTF8).Select(WitnessedStep.Parse).OfType<WitnessedStep>()]
            : [];

    /// <summary>Writes steps to the operating system; <see cref="Sync"/> brings them to the disk.</summary>
    /// <exception cref="IOException">They cannot be written. The next call writes everything anew.</exception>
    public void Add(IReadOnlyList<WitnessedStep> steps)
    {
        foreach (var step in steps)
        {
            _steps.Enqueue(step);
            LastNumber = step.Number;
            if (_steps.Count > Kept)
            {
                _steps.Dequeue();
            }
        }

        try
        {
            if (_file is null || _lines + steps.Count > 2 * Kept)
            {
                Replace();
            }
            else
            {
                Write(_file, steps);
                _lines += steps.Count;
            }
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Brings what was written to the disk.</summary>
    /// <exception cref="IOException">That failed. The next addition writes everything anew.</exception>
    public void Sync()
    {
        try
        {
            _file?.Flush(flushToDisk: true);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private void Replace()
    {
        Close();
        var next = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, options))
        {
            Write(file, [.. _steps]);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _lines = _steps.Count;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private static void Write(FileStream file, IReadOnlyList<WitnessedStep> steps) =>
        file.Write(Encoding.UTF8.GetBytes(string.Concat(steps.Select(step => step.ToLine()))));
}
