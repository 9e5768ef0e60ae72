using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo;

/// <summary>Where the database is and how the portal talks to it. Configuration section <c>Dynamo</c>.</summary>
public sealed class DynamoOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Dynamo";

    /// <summary>
    /// Embedded engine, any compatible address, or AWS. Without a choice it is Embedded in the Development environment; elsewhere
    /// a choice is demanded, because nobody should keep a real bank in a file by oversight.
    /// </summary>
    public DynamoMode? Mode { get; set; }

    /// <summary>The database's address in mode Endpoint, for example <c>http://localhost:8000</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The AWS region in mode Aws, for example <c>eu-central-1</c>; ignored by the embedded engine.</summary>
    public string? Region { get; set; }

    /// <summary>What is put before every table's name, so that several portals can share an AWS account.</summary>
    public string TablePrefix { get; set; } = "bankportal_";

    /// <summary>The folder of the embedded engine's file; the user's application-data folder when empty.</summary>
    public string? DataFolder { get; set; }

    /// <summary>The embedded engine keeps everything in memory and forgets it at the end. For tests and throw-away runs.</summary>
    public bool InMemory { get; set; }

    /// <summary>The embedded engine's program; found beside the portal or in <c>node_modules</c> when empty.</summary>
    public string? EnginePath { get; set; }

    /// <summary>
    /// How often the SDK repeats a request that failed for a passing reason (throttling, 5xx, a broken connection). Three
    /// repeats with full-jitter back-off ride out a partition split or a node's restart; more would only hide trouble from
    /// the user, who is waiting. Lost races of the ledger are not among these: the ledger repeats them itself, from a new read.
    /// </summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// Standard: a token bucket stops repeating when most requests fail, so a struggling table is not beaten further.
    /// Adaptive also slows the first tries down, for the whole client and so for all tables together, which is why it is not the default.
    /// </summary>
    public RequestRetryMode RetryMode { get; set; } = RequestRetryMode.Standard;

    /// <summary>
    /// The longest one try may take, answer included. DynamoDB answers in milliseconds, and its slowest honest answers
    /// (large transactions) come well inside this; the SDK's own 100 seconds would leave a user before a dead page.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The longest a new connection may take, TLS included. A host that does not answer in a second is down; the next try may
    /// find another.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many connections one node opens at most; HTTP/1.1 carries one request each. With answers in 5 ms, 128 carry some 25,000
    /// requests a second, far above what a node needs, while a stuck database cannot use up the node's sockets.
    /// </summary>
    public int MaxConnections { get; set; } = 128;

    /// <summary>The folder of the embedded engine's file, with the default filled in; null when the system names no such folder.</summary>
    public string? EffectiveDataFolder
    {
        get
        {
            if (!string.IsNullOrWhiteSpace(DataFolder))
            {
                return Path.GetFullPath(DataFolder);
            }

            var folder = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            );
            return folder.Length == 0 ? null : Path.Combine(folder, "BankPortal");
        }
    }
}
