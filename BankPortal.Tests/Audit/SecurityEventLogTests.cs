using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace BankPortal.Tests.Audit;

/// <summary>Security events on their way to the store: which have a row of their own, and how many rows an attack can cause.</summary>
[UnitTest]
public sealed class SecurityEventLogTests : IDisposable
{
    private static readonly SecurityEvent WrongPassword = new(SecurityEventKind.SignIn, SecurityEventOutcome.Failed) { UserId = "ann" };
    private static readonly SecurityEvent SignedIn = new(SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded) { UserId = "ann" };

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime _time = new();
    private readonly InMemorySecurityEvents _store = new();
    private readonly ListLogger<SecurityEventLog> _lines = new();
    private readonly SecurityEventLog _log;

    public SecurityEventLogTests()
    {
        _log = new SecurityEventLog(_store, _services.GetRequiredService<IMeterFactory>(), _time, _lines);
    }

    [Fact]
    public async Task Flush_EventsOfDifferentPeople_HaveARowEach()
    {
        _log.Report(WrongPassword with { Address = "192.0.2.7", Device = "Firefox on Linux" });
        _log.Report(WrongPassword with { UserId = "ben" });
        _log.Report(SignedIn);

        await _log.FlushAsync();

        Assert.Equal(3, _store.Records.Count);
        var ann = _store.Records.Single(record => record.Event is { UserId: "ann", Outcome: SecurityEventOutcome.Failed });
        Assert.Equal((1, _time.GetUtcNow(), _time.GetUtcNow()), (ann.Count, ann.At, ann.LastAt));
        Assert.Equal(("192.0.2.7", "Firefox on Linux"), (ann.Event.Address, ann.Event.Device));
        Assert.Contains(_lines.Lines, line => line.Contains("SignIn Failed, user ann, 1 times", StringComparison.Ordinal));
        await _log.FlushAsync();
        Assert.Equal(3, _store.Records.Count);
    }

    [Fact]
    public async Task Flush_TheSameEventAgain_IsCountedAndStoredOnceAMinute()
    {
        var start = _time.GetUtcNow();
        _log.Report(WrongPassword);
        await _log.FlushAsync();
        for (var second = 1; second <= 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            if (second < 60)
            {
                _log.Report(WrongPassword);
                await _log.FlushAsync();
            }
        }

        Assert.Equal(1, Assert.Single(_store.Records).Count);
        await _log.FlushAsync();

        Assert.Equal([1, 59], _store.Records.Select(record => record.Count));
        Assert.Equal((start.AddSeconds(1), start.AddSeconds(59)), (_store.Records[1].At, _store.Records[1].LastAt));

        // After a quiet minute it is a new one, with a row at once.
        _time.Advance(SecurityEventLog.RepeatsEvery);
        await _log.FlushAsync();
        _log.Report(WrongPassword);
        await _log.FlushAsync();
        Assert.Equal([1, 59, 1], _store.Records.Select(record => record.Count));
    }

    [Fact]
    public async Task Flush_Successes_AreNeverMerged()
    {
        for (var i = 0; i < 2 * SecurityEventLog.MostKeys; i++)
        {
            _log.Report(SignedIn);
        }

        await _log.FlushAsync();

        Assert.Equal(2 * SecurityEventLog.MostKeys, _store.Records.Count);
        Assert.All(_store.Records, record => Assert.Equal(1, record.Count));
    }

    [Fact]
    public async Task Flush_ThousandsOfNamesInAMinute_WritesABoundedNumberOfRowsAndCountsAll()
    {
        const int names = 20_000;
        using var meter = new CounterOf(SecurityEventLog.MeterName, SecurityEventLog.EventCounter, _services);
        for (var i = 0; i < names; i++)
        {
            _log.Report(WrongPassword with { UserId = null, TypedNameHash = i.ToString(CultureInfo.InvariantCulture) });
            if (i % 500 == 0)
            {
                await _log.FlushAsync();
            }
        }

        _log.Report(SignedIn);
        await _log.FlushAsync(all: true);

        Assert.InRange(_store.Records.Count, SecurityEventLog.MostKeys, SecurityEventLog.MostKeys + 5);
        Assert.Equal(names + 1, _store.Records.Sum(record => record.Count));
        Assert.Contains(_store.Records, record => record.Event.UserId == "ann");
        var several = _store.Records.Where(record => record.Event.Detail == SecurityEvent.Several).ToList();
        Assert.Equal(names - SecurityEventLog.MostKeys, several.Sum(record => record.Count));
        Assert.All(several, record => Assert.Null(record.Event.TypedNameHash));
        Assert.Equal(names, meter.SumOf(("kind", "SignIn"), ("outcome", "Failed")));
        Assert.Equal(1, meter.SumOf(("kind", "SignIn"), ("outcome", "Succeeded")));
    }

    [Fact]
    public async Task Flush_StoreIsDown_KeepsTheEventsAndStoresThemOnceLater()
    {
        _store.IsDown = true;
        _log.Report(WrongPassword);
        _log.Report(SignedIn);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _log.FlushAsync());
        _log.Report(SignedIn);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _log.FlushAsync());

        _store.IsDown = false;
        await _log.FlushAsync();
        await _log.FlushAsync();

        Assert.Equal(3, _store.Records.Count);
    }

    [Fact]
    public async Task Report_StoreIsDownForLong_DropsTheOldestAndSaysSo()
    {
        using var lost = new CounterOf(SecurityEventLog.MeterName, SecurityEventLog.LostCounter, _services);
        for (var i = 0; i < SecurityEventLog.MostWaiting + 3; i++)
        {
            _log.Report(SignedIn with { SessionId = i.ToString(CultureInfo.InvariantCulture) });
        }

        await _log.FlushAsync();

        Assert.Equal(SecurityEventLog.MostWaiting, _store.Records.Count);
        Assert.DoesNotContain(_store.Records, record => record.Event.SessionId is "0" or "1" or "2");
        Assert.Equal(3, lost.Sum);
        Assert.Contains(_lines.Lines, line => line.StartsWith("Error: 3 security events", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_StoreIsDown_LogsOnceAndWritesTheRestWhenThePortalStops()
    {
        var lines = new ListLogger<SecurityEventWorker>();
        using var worker = new SecurityEventWorker(_log, _time, lines);
        _store.IsDown = true;
        _log.Report(WrongPassword);
        await worker.StartAsync(CancellationToken.None);
        await TickUntilAsync(() => _store.Appends >= 3);

        Assert.Single(lines.Lines, line => line.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));
        _store.IsDown = false;
        await TickUntilAsync(() =>
            lines.Lines.Any(line => line.StartsWith("Warning: Security events are stored again", StringComparison.Ordinal)));
        Assert.Single(_store.Records);

        _log.Report(WrongPassword);
        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(2, _store.Records.Count);
    }

    public void Dispose()
    {
        _log.Dispose();
        _services.Dispose();
    }

    // Moves the clock until the worker has done something.
    private async Task TickUntilAsync(Func<bool> isDone)
    {
        while (!isDone())
        {
            _time.Advance(SecurityEventWorker.Every);
            await Task.Yield();
        }
    }
}
