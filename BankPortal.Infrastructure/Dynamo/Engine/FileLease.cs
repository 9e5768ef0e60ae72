namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>
/// Makes one portal the only one on a data file. The operating system holds the lock and drops it with the process, however
/// it ends, so there is never a stale one to clean up.
/// </summary>
internal sealed class FileLease : IDisposable
{
    private readonly FileStream _lock;

    private FileLease(FileStream @lock) => _lock = @lock;

    /// <summary>Takes the lease.</summary>
    /// <exception cref="DatabaseUnavailableException">Another process has it, or the file cannot be written.</exception>
    public static FileLease Take(string dataFile)
    {
        // Two files, because the locked one cannot be opened by the process that wants to know who holds it.
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

    /// <summary>Gives the lease back.</summary>
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
