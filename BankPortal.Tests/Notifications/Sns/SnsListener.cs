using System.Collections.Specialized;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>An HTTP server that keeps what it is sent and answers what the test says.</summary>
internal sealed class SnsListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SnsSent> _sent = new();

    private SnsListener(WebApplication app) => _app = app;

    public Uri Address => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyList<SnsSent> Sent => [.. _sent];

    /// <summary>Gives the answer to the n-th request, counted from 0.</summary>
    public Func<int, (HttpStatusCode Status, string Body)> Answer { get; set; } = _ => (HttpStatusCode.OK, "");

    /// <summary>Completes with the first request whose body the condition holds for.</summary>
    public async Task<SnsSent> ReceivedAsync(Func<SnsSent, bool> condition)
    {
        while (true)
        {
            if (_sent.FirstOrDefault(condition) is { } found)
            {
                return found;
            }

            await _arrival.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private readonly SemaphoreSlim _arrival = new(0);

    public static async Task<SnsListener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new SnsListener(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var index = listener._sent.Count;
            listener._sent.Enqueue(
                new SnsSent(
                    context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
            listener._arrival.Release();
            var (status, answer) = listener.Answer(index);
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "text/xml";
            await context.Response.WriteAsync(answer);
        });
        await app.StartAsync();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrival.Dispose();
    }
}

/// <summary>A request that was received.</summary>
internal sealed record SnsSent(IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The fields of a form, sorted by name.</summary>
    public SortedDictionary<string, string> Fields
    {
        get
        {
            NameValueCollection form = System.Web.HttpUtility.ParseQueryString(Body);
            return new(form.AllKeys.ToDictionary(key => key!, key => form[key]!, StringComparer.Ordinal), StringComparer.Ordinal);
        }
    }
}
