using System.Diagnostics;

namespace BankPortal.Tests.Dynamo;

public sealed class HealthTests : EmbeddedEngineTest
{
    [Fact]
    public async Task Health_EngineGoneForGood_IsAliveButNotReadyAndTellsNothingElse()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The failing engine is a shell script.");
        await using var host = new PortalHost(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Dynamo:Mode"] = nameof(DynamoMode.Embedded),
            ["Dynamo:InMemory"] = "true",
            ["Dynamo:EnginePath"] = OneTimeEngine(),
        });
        using var http = host.CreateClient();
        using (var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Equal("""{"status":"ok"}""", await ready.Content.ReadAsStringAsync());
        }

        using (var engine = Process.GetProcessById(host.Services.GetRequiredService<EmbeddedEngine>().ProcessId!.Value))
        {
            engine.Kill();
            await engine.WaitForExitAsync();
        }

        await UntilAsync(
            () => host.Services.GetRequiredService<EmbeddedEngine>().State != EmbeddedEngineState.Running);
        using var notReady = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Equal("""{"status":"unavailable"}""", await notReady.Content.ReadAsStringAsync());
        using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Ready_DiskFull_IsUnavailableUntilThereIsRoom()
    {
        var full = new FullDisk();
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var host = new PortalHost(services: services => services
            .AddSingleton<IRequestInterceptor>(full)
            .AddSingleton<TimeProvider>(time));
        using var http = host.CreateClient();
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync());

        full.IsFull = true;
        time.Advance(DynamoReadiness.WriteEvery);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync());

        full.IsFull = false;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync());

        async Task<HttpStatusCode> ReadyAsync()
        {
            using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.StatusCode;
        }
    }

    private string OneTimeEngine()
    {
        var program = Path.Combine(Folder, "once.sh");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            if [ -e '{Folder}/started' ]; then exit 3; fi
            touch '{Folder}/started'
            exec '{EngineProgram.Find(null)}' "$@"
            """);
        return program;
    }
}
