namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// Ensures that only one portal uses a data file. The operating system holds the lock and releases it when the process ends, however that
/// happens, so there are no stale locks to clean up.
/// </summary>
internal sealed class FileLease : IDisposable
{
    private readonly FileStream _lock;

    private FileLease(FileStream @lock) => _lock = @lock;

    /// <summary>Takes the lease.</summary>
    /// <exception cref="DatabaseUnavailableException">Another process holds it, or the file cannot be written.</exception>
    public static FileLease Take(string dataFile)
    {
        // Two files, because a process that wants to know the owner cannot open the locked one.
        var lockFile = dataFile + ".lock";
        var ownerFile = dataFile + ".owner";
        try
        {
            var stream = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            File.WriteAllText(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new FileLease(stream);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DatabaseUnavailableException(
                $"The database's folder {Path.GetDirectoryName(dataFile)} cannot be written. Set Dynamo:DataFolder to one that can.", e);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DatabaseUnavailableException(
                $"Another portal{OwnerOf(ownerFile)} is already using the database file {dataFile}. "
                + "Stop it first, or start this one with another Dynamo:DataFolder.",
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
}
