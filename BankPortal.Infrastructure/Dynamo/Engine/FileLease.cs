namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// Ensures that only one portal uses a data file. The operating system holds the lock and releases it when the process ends, however that
/// happens, so there are no stale locks to clean up.
/// </summary>
internal sealed class FileLease : IDisposable
{
    // What the systems report for a file that another process has locked.
    private const int SharingViolation = 32;
    private const int LockViolation = 33;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMacOS = 35;

    private readonly FileStream _lock;

    private FileLease(FileStream @lock) => _lock = @lock;

    /// <summary>Takes the lease.</summary>
    /// <exception cref="DatabaseUnavailableException">Another process holds it, or the file cannot be written.</exception>
    public static FileLease Take(string dataFile)
    {
        // Two files, because a process that wants to know the owner cannot open the locked one.
        var lockFile = dataFile + ".lock";
        var ownerFile = dataFile + ".owner";
        FileStream? stream = null;
        try
        {
            stream = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            File.WriteAllText(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new FileLease(stream);
        }
        catch (IOException e) when (stream is null && IsHeldByAnother(e))
        {
            throw new DatabaseUnavailableException(
                $"Another portal{OwnerOf(ownerFile)} is already using the database file {dataFile}. "
                + "Stop it first, or start this one with another Dynamo:DataFolder.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new DatabaseUnavailableException(
                $"The database's folder {Path.GetDirectoryName(dataFile)} cannot be written: {e.Message.TrimEnd('.')}. "
                + "Set Dynamo:DataFolder to one that can.",
                e);
        }
    }

    /// <summary>Releases the lease.</summary>
    public void Dispose() => _lock.Dispose();

    private static string OwnerOf(string ownerFile)
    {
        try
        {
            return int.TryParse(File.ReadAllText(ownerFile), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? string.Create(CultureInfo.InvariantCulture, $" (process {id})")
                : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // A file that is locked, and not one that cannot be made: a read-only or full disk raises the same type of exception.
    private static bool IsHeldByAnother(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xFFFF) is SharingViolation or LockViolation
        : e.HResult is WouldBlockOnLinux or WouldBlockOnMacOS;
}
