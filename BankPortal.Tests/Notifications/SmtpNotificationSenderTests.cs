using System.Net.Sockets;
using System.Text;
using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Notifications;

[UnitTest]
public sealed class SmtpNotificationSenderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_ServerThatTakesIt_HandsOverTheMessage()
    {
        using var server = new MailServer(answers: true);
        var link = "https://bank.example/auth/confirm-email?u=1&t=" + new string('x', 300);

        await Sender(server.Port)
            .SendAsync(
                new Notification(
                    "account-1",
                    NotificationKind.Account,
                    "u1",
                    "ada@example.org",
                    "Grüße",
                    $"Hello Zoë,\n\n{link}\n\n.\nBankPortal"
                ),
                Ct
            );

        var mail = await server.Message.WaitAsync(Ct);
        Assert.Contains("RCPT TO:<ada@example.org>", mail, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <account-1@bank.example>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "From: BankPortal <no-reply@bank.example>",
            mail.Replace("\"", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var body = mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("=\r\n", "", StringComparison.Ordinal);
        Assert.Contains(link.Replace("=", "=3D", StringComparison.Ordinal), body, StringComparison.Ordinal);
        Assert.Contains("Zo=C3=AB", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ServerThatIsSilent_GivesUp()
    {
        using var server = new MailServer(answers: false);

        await Assert.ThrowsAsync<TimeoutException>(() => Sender(server.Port, TimeSpan.FromMilliseconds(300)).SendAsync(
            new Notification("account-1", NotificationKind.Account, null, "ada@example.org", "Subject", "Body"), Ct));
    }

    [Fact]
    public async Task SendAsync_NoServer_FailsWithoutDelivering()
    {
        int port;
        using (var server = new MailServer(answers: false))
        {
            port = server.Port;
        }

        await Assert.ThrowsAsync<SocketException>(() => Sender(port).SendAsync(
            new Notification("account-1", NotificationKind.Account, null, "ada@example.org", "Subject", "Body"), Ct));
    }

    private static SmtpNotificationSender Sender(int port, TimeSpan? timeout = null) => new(Options.Create(new NotificationOptions
    {
        Sender = NotificationSenderKind.Smtp,
        Smtp = new SmtpOptions
        {
            Host = "127.0.0.1", Port = port, Encrypt = false, From = "no-reply@bank.example", Timeout = timeout ?? TimeSpan.FromMinutes(1),
        },
    }));

    /// <summary>A mail server for one message: says yes to everything and keeps what it heard.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource<string> _message = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public MailServer(bool answers)
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            if (answers)
            {
                _ = ServeAsync();
            }
        }

        public int Port { get; }

        public Task<string> Message => _message.Task;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(Ct);
                using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 ready");
                var heard = new StringBuilder();
                var inData = false;
                while (await reader.ReadLineAsync(Ct) is { } line)
                {
                    heard.Append(line).Append("\r\n");
                    if (inData)
                    {
                        if (line == ".")
                        {
                            inData = false;
                            await writer.WriteLineAsync("250 taken");
                            _message.TrySetResult(heard.ToString());
                        }

                        continue;
                    }

                    inData = line == "DATA";
                    await writer.WriteLineAsync(inData ? "354 go on" : "250 ok");
                }
            }
            catch (Exception exception)
            {
                _message.TrySetException(exception);
            }
        }
    }
}
