using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Statements;

namespace BankPortal.Tests.Statements;

/// <summary>The job that announces the statements of a month.</summary>
[UnitTest]
public sealed class StatementReadyJobTests
{
    private readonly InMemoryBank _bank = new(time: new ManualTime(At(2026, 9, 15)));
    private readonly InMemoryEvents _events = new();
    private readonly List<Account> _accounts = [];

    [Fact]
    public async Task Run_FirstOfAMonth_TellsOfEachAccountThatWasOpenInTheLast()
    {
        var ann = _bank.Customer("ann", "Ann");
        var old = await OpenAsync(ann);
        var closed = await OpenAsync(ann);
        await _bank.Accounts.CloseAsync(ann, closed.Id);
        _bank.Time.SetUtcNow(At(2026, 10, 31));
        var late = await OpenAsync(_bank.Customer("ben", "Ben"));
        _bank.Time.SetUtcNow(At(2026, 11, 1));
        await OpenAsync(ann);

        Assert.Equal("2 statements of 2026-10 are ready.", await RunAsync(At(2026, 11, 1), null));

        Assert.Equal(
            new[] { (old.Id, "ann"), (late.Id, "ben") }.Order(),
            _events.All.Select(told => (told.Facts["account"], told.PersonId)).Order());
        Assert.All(_events.All, told => Assert.Equal(
            ("statement-ready", "October 2026", "2026-10"), (told.Kind, told.Facts["period"], told.Facts["month"])));
    }

    [Fact]
    public async Task Run_Again_TellsNothingTwiceAndCostsNothing()
    {
        await OpenAsync(_bank.Customer("ann", "Ann"));
        await RunAsync(At(2026, 11, 1), null);
        await RunAsync(At(2026, 11, 1), null);
        Assert.Single(_events.All);

        Assert.Equal("Begins with the next month.", await RunAsync(At(2026, 12, 8), null));
        Assert.Equal("The statements of 2026-10 were announced before.", await RunAsync(At(2026, 11, 2), At(2026, 11, 1)));
        await RunAsync(At(2026, 12, 3), At(2026, 11, 30));
        Assert.Equal(2, _events.All.Count());
    }

    [Fact]
    public async Task Step_AfterACrash_GoesOnWhereTheLastEnded()
    {
        for (var i = 0; i < 3; i++)
        {
            await OpenAsync(_bank.Customer("c" + i.ToString(CultureInfo.InvariantCulture), "Cleo"));
        }

        var first = await StepAsync(At(2026, 11, 1), null, null);
        Assert.Equal(2, _events.All.Count());
        Assert.False(first.IsDone);

        Assert.True((await StepAsync(At(2026, 11, 1), null, first.Cursor)).IsDone);
        Assert.Equal(3, _events.All.Count());
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.Zero);

    private async Task<Account> OpenAsync(Actor owner)
    {
        var account = await _bank.OpenAsync(owner);
        _accounts.Add(account);
        return account;
    }

    private async Task<string> RunAsync(DateTimeOffset due, DateTimeOffset? last)
    {
        string? cursor = null;
        while (true)
        {
            var step = await StepAsync(due, last, cursor);
            if (step.IsDone)
            {
                return step.Summary!;
            }

            cursor = step.Cursor;
        }
    }

    private Task<JobStep> StepAsync(DateTimeOffset due, DateTimeOffset? last, string? cursor) =>
        new StatementReadyJob(new AccountPages(_bank, _accounts), _events, _bank.Rules)
            .StepAsync(new JobContext("node", 1, cursor, due, due, last), TestContext.Current.CancellationToken);
}
