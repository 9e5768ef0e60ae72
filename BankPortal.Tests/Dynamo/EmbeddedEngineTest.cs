using System.Diagnostics;

namespace BankPortal.Tests.Dynamo;

/// <summary>
/// The base of tests that start the embedded engine's program. Skips them where the program is missing, and gives each test
/// a folder, which is deleted at the end.
/// </summary>
[EngineTest]
public abstract class EmbeddedEngineTest : IDisposable
{
    // How often a test looks for a condition before it fails: a minute, and longer the busier the machine is.
    private const int MostLooks = 3000;

    protected EmbeddedEngineTest()
    {
        var missing = Missing();
        Assert.SkipWhen(missing is not null, missing ?? "");
    }

    /// <summary>The folder of this test.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("bankportal-test-").FullName;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Whether a process runs.</summary>
    protected static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !IsZombie(id);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits for a condition; the test fails when it has not come true after some thousand looks. They are counted because each takes
    /// the longer, the busier the machine is.
    /// </summary>
    protected static async Task UntilAsync(Func<bool> condition)
    {
        for (var looks = 0; !condition(); looks++)
        {
            Assert.True(looks < MostLooks, "The awaited condition did not come true.");
            await Task.Delay(20);
        }
    }

    private static string? Missing()
    {
        try
        {
            EngineProgram.Find(null);
            return null;
        }
        catch (DatabaseUnavailableException e)
        {
            return e.Message;
        }
    }

    // An orphan in a container without an init process stays in the table after its end.
    private static bool IsZombie(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
