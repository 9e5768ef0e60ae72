using System.Diagnostics;
using System.Text.Json;
using Amazon.Runtime;
using BankPortal.Infrastructure.Notifications.Sns;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>A server of the SNS protocol (<c>server.mjs</c>), and the receiver of what it sends to e-mail addresses and
/// telephones.</summary>
internal sealed class SnsServer : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly SnsListener _receiver;
    private Process _process;

    private SnsServer(SnsListener receiver, Process process, Uri address)
    {
        (_receiver, _process, Address) = (receiver, process, address);
        Client = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSimpleNotificationServiceConfig { ServiceURL = address.AbsoluteUri, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
    }

    public Uri Address { get; }

    public AmazonSimpleNotificationServiceClient Client { get; }

    /// <summary>What reached telephones and mailboxes, in order.</summary>
    public IReadOnlyList<SnsReceived> Received => [.. _receiver.Sent.Select(sent => SnsReceived.Of(sent.Body))];

    public static async Task<SnsServer> StartAsync()
    {
        var receiver = await SnsListener.StartAsync();
        var process = SnsProgram.Start("server.mjs", receiver.Address.AbsoluteUri);
        var address = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new SnsServer(receiver, process, new Uri(address!));
    }

    /// <summary>Ends the process.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
    }

    /// <summary>Starts another process at the same address, which knows no topics.</summary>
    public async Task StartAgainAsync()
    {
        _process = SnsProgram.Start(
            "server.mjs", _receiver.Address.AbsoluteUri, Address.Port.ToString(CultureInfo.InvariantCulture));
        await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The topics and the subscribed addresses; commands are described in <c>server.mjs</c>.</summary>
    public async Task<SnsState> StateAsync(string command = "")
    {
        var text = await Http.GetStringAsync(new Uri(Address, "/test?" + command), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<SnsState>(text, JsonSerializerOptions.Web)!;
    }

    /// <summary>Opens the link of the newest confirmation that reached an e-mail address.</summary>
    public async Task ConfirmAsync(string address)
    {
        var asked = Received.Last(one => one.Type == "SubscriptionConfirmation" && one.To == address);
        await Client.ConfirmSubscriptionAsync(new ConfirmSubscriptionRequest { TopicArn = asked.TopicArn, Token = asked.Token });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        await _receiver.DisposeAsync();
    }
}

/// <summary>What the server knows.</summary>
internal sealed record SnsState(string[] Topics, string[] Subscriptions, string[] Pending);

/// <summary>What reached a telephone, a mailbox or an HTTP subscriber.</summary>
internal sealed record SnsReceived(
    string Type, string? Protocol, string? To, string? TopicArn, string? Subject, string? Message, string? Token)
{
    public static SnsReceived Of(string body) => JsonSerializer.Deserialize<SnsReceived>(body)!;
}
