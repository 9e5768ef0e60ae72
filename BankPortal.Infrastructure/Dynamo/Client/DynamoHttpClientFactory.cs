using System.Net.Sockets;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// One HTTP client for the database client's whole life, with our limits. The embedded engine is reached at whatever port it
/// has at the moment of connecting, so a restart on another port needs no new client, and never through a proxy of the environment.
/// </summary>
internal sealed class DynamoHttpClientFactory : HttpClientFactory, IDisposable
{
    // Long enough to keep TLS handshakes rare, short enough to follow DynamoDB's DNS when it moves its front ends.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // Connections of a peak are given back soon after it.
    private static readonly TimeSpan IdleConnectionLifetime = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client;

    public DynamoHttpClientFactory(DynamoOptions options, Func<int>? embeddedPort)
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.MaxConnections,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = IdleConnectionLifetime,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
            // The SDK signs the bytes it sends; tracing headers added below it would be unsigned noise to AWS.
            ActivityHeadersPropagator = null,
        };
        if (embeddedPort is not null)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = async (_, ct) => await ConnectToLoopbackAsync(embeddedPort(), ct);
        }

        // The time of one try, not of the call with its repeats: that one is bounded by the caller's cancellation token.
        _client = new HttpClient(handler) { Timeout = options.RequestTimeout };
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private static async Task<Stream> ConnectToLoopbackAsync(int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
