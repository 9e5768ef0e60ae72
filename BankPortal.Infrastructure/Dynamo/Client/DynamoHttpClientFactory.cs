using System.Net.Sockets;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// Creates one HTTP client with our limits for the lifetime of the DynamoDB client. Connects to the embedded engine at the port it has at
/// that moment, so a restart on another port needs no new client, and never through a proxy from the environment.
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
            // The SDK signs the request it sends; tracing headers added below it would not be signed.
            ActivityHeadersPropagator = null,
        };
        if (embeddedPort is not null)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = async (_, ct) => await ConnectToLoopbackAsync(embeddedPort(), ct);
        }

        // The limit for one attempt. The whole call with its retries is limited by the caller's cancellation token.
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
