using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>How many passwords are hashed at once, and how many may wait.</summary>
[UnitTest]
public sealed class PasswordHashGateTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly HttpContextAccessor _context = new();

    [Fact]
    public async Task Enter_MoreThanTheTurns_WaitInOrderUntilOneIsGivenBack()
    {
        using var gate = NewGate(atOnce: 2, waiting: 2);
        var first = await gate.EnterAsync();
        using var second = await gate.EnterAsync();
        var third = gate.EnterAsync();
        var fourth = gate.EnterAsync();
        Assert.False(third.IsCompleted);

        first.Dispose();

        using var turn = await third;
        Assert.False(fourth.IsCompleted);
        turn.Dispose();
        using var last = await fourth;
    }

    [Fact]
    public async Task Enter_QueueIsFull_IsRefusedCountedAndLoggedOnce()
    {
        var log = new ListLogger<PasswordHashGate>();
        using var gate = NewGate(atOnce: 1, waiting: 1, log);
        using var meter = new CounterOf(PasswordHashGate.MeterName, PasswordHashGate.RefusedCounter, _services);
        var turn = await gate.EnterAsync();
        var waiting = gate.EnterAsync();

        await Assert.ThrowsAsync<PasswordHashingBusyException>(gate.EnterAsync);
        await Assert.ThrowsAsync<PasswordHashingBusyException>(gate.EnterAsync);

        Assert.Equal(2, meter.Sum);
        Assert.Single(log.Lines);
        turn.Dispose();
        (await waiting).Dispose();
        using var free = await gate.EnterAsync();
    }

    [Fact]
    public async Task Enter_RequestThatLeavesTheQueue_GivesItsPlaceBack()
    {
        using var gate = NewGate(atOnce: 1, waiting: 1);
        using var turn = await gate.EnterAsync();
        using var leaves = new CancellationTokenSource();
        _context.HttpContext = new DefaultHttpContext { RequestAborted = leaves.Token };
        var waiting = gate.EnterAsync();

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _context.HttpContext = null;
        var next = gate.EnterAsync();
        turn.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Run_AHash_DoesNotTakeAThreadThatAnswersRequests()
    {
        using var gate = NewGate(atOnce: 1, waiting: 0);
        using var turn = await gate.EnterAsync();

        Assert.False(await turn.RunAsync(() => Thread.CurrentThread.IsThreadPoolThread));
    }

    [Fact]
    public async Task Dispose_ATurnTwice_GivesOneBack()
    {
        using var gate = NewGate(atOnce: 1, waiting: 0);
        var turn = await gate.EnterAsync();
        turn.Dispose();
        turn.Dispose();

        using var one = await gate.EnterAsync();
        await Assert.ThrowsAsync<PasswordHashingBusyException>(gate.EnterAsync);
    }

    public void Dispose() => _services.Dispose();

    private PasswordHashGate NewGate(int atOnce, int waiting, ListLogger<PasswordHashGate>? log = null) => new(
        Options.Create(new BankIdentityOptions { HashesAtOnce = atOnce, HashesWaiting = waiting }),
        _context,
        _services.GetRequiredService<IMeterFactory>(),
        new ManualTime(),
        log ?? new ListLogger<PasswordHashGate>());
}
