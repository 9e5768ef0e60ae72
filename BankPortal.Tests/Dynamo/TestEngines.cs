using System.Diagnostics;
using System.Net.Sockets;
using Docker.DotNet;
using DotNet.Testcontainers.Configurations;

namespace BankPortal.Tests.Dynamo;

/// <summary>
/// One engine of each kind for the whole test run, started when first needed. Supervised processes end with the test host,
/// however that ends; a container is removed by the container library.
/// </summary>
internal static class TestEngines
{
    public const string EndpointVariable = "BANKPORTAL_TEST_DYNAMODB_ENDPOINT";

    /// <summary>How long a container engine may take to answer before it counts as missing.</summary>
    private static readonly TimeSpan ContainerEngineAnswersWithin = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<EngineKind, Lazy<Task<TestEngine>>> Engines = new();

    static TestEngines()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var engine in Engines.Values.Where(e => e is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
            {
                engine.Value.Result.Kill();
            }
        };
    }

    /// <summary>The engine's address, or the reason why there is none here.</summary>
    public static Task<TestEngine> GetAsync(EngineKind kind) => Engines.GetOrAdd(
        kind, k => new Lazy<Task<TestEngine>>(() => StartAsync(k))).Value;

    private static Task<TestEngine> StartAsync(EngineKind kind) => kind switch
    {
        EngineKind.Dynoxide => StartDynoxideAsync(),
        EngineKind.DynamoDbLocal => StartDynamoDbLocalAsync(),
        EngineKind.DynamoDbContainer => StartDynamoDbContainerAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static async Task<TestEngine> StartDynoxideAsync()
    {
        var engine = new EmbeddedEngine(
            new DynamoOptions { Mode = DynamoMode.Embedded, InMemory = true }, NullLogger<EmbeddedEngine>.Instance, TimeProvider.System);
        try
        {
            await engine.StartAsync();
        }
        catch (DatabaseUnavailableException e)
        {
            return TestEngine.Missing(e.Message);
        }

        return new TestEngine(At(engine.Port), null, engine.Dispose);
    }

    private static async Task<TestEngine> StartDynamoDbLocalAsync()
    {
        if (Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } endpoint)
        {
            return new TestEngine(new Uri(endpoint, UriKind.Absolute), null, () => { });
        }

        var folder = typeof(TestEngines).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "DynamoDbLocalFolder").Value!;
        if (!File.Exists(Path.Combine(folder, "DynamoDBLocal.jar")))
        {
            return TestEngine.Missing("DynamoDB Local's jars are not installed (the build fetches them with npm).");
        }

        if (!HasJava())
        {
            return TestEngine.Missing("Java is not installed, so DynamoDB Local cannot run.");
        }

        var lines = new ConcurrentQueue<string>();
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = SupervisedProcess.Start(
                "java",
                [
                    "-Xmx512m",
                    "-Djava.library.path=./DynamoDBLocal_lib",
                    "-jar", "DynamoDBLocal.jar",
                    "-inMemory", "-sharedDb",
                    "-port", port.ToString(CultureInfo.InvariantCulture),
                ],
                folder,
                (line, _) => lines.Enqueue(line));
            if (await AnswersAsync(process, port, lines))
            {
                return new TestEngine(At(port), null, process.Kill);
            }

            process.Kill();
            if (attempt == 3)
            {
                throw new InvalidOperationException($"DynamoDB Local does not start: {string.Join(Environment.NewLine, lines)}");
            }
        }
    }

    private static async Task<TestEngine> StartDynamoDbContainerAsync()
    {
        if (!await ContainerEngineAnswersAsync())
        {
            return TestEngine.Missing(
                "No container engine answers (at DOCKER_HOST, or at Docker's usual address), so DynamoDB Local cannot run in a container.");
        }

        var container = new DynamoDbBuilder().Build();
        try
        {
            await container.StartAsync();
        }
        catch (DockerApiException e)
        {
            await container.DisposeAsync();
            return TestEngine.Missing($"The container engine cannot run {DynamoDbBuilder.DynamoDbImage}: {e.Message}");
        }

        return new TestEngine(
            new Uri(container.GetConnectionString()), null, () => container.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10)));
    }

    // The library asks every address it knows, and waits long for one that does not refuse.
    private static async Task<bool> ContainerEngineAnswersAsync()
    {
        try
        {
            return await Task.Run(() => TestcontainersSettings.OS.DockerEndpointAuthConfig is not null)
                .WaitAsync(ContainerEngineAnswersWithin);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // False when it has ended instead.
    private static async Task<bool> AnswersAsync(SupervisedProcess process, int port, ConcurrentQueue<string> lines)
    {
        try
        {
            await ProgressPatience.UntilAsync(
                () => process.Exited.IsCompleted || Accepts(port),
                () => (lines.Count, ProgressPatience.WorkOf(process.Exited.IsCompleted ? null : process.Id)),
                () => string.Join(Environment.NewLine, lines));
            return !process.Exited.IsCompleted;
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    private static bool Accepts(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Whether Java runs here.</summary>
    public static bool HasJava()
    {
        try
        {
            using var java = Process.Start(new ProcessStartInfo("java", "-version")
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
            java!.WaitForExit();
            return java.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Uri At(int port) => new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri;
}
