using Microsoft.Extensions.Logging;

namespace BankPortal.Tests.Common;

[UnitTest]
public sealed class FailureLogTests
{
    private readonly ManualTime _time = new();
    private readonly ListLogger<FailureLogTests> _log = new();

    [Fact]
    public void Failed_AgainAndAgain_LogsTheStackOnceAndThenTheCountEachMinute()
    {
        var failures = new FailureLog(_log, _time, "Nothing works");

        for (var i = 0; i < 130; i++)
        {
            failures.Failed(new IOException("the disk is full"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [
                "Warning: Nothing works (the disk is full)",
                "Warning: Nothing works: 61 times in 00:01:00. The last: IOException: the disk is full",
                "Warning: Nothing works: 121 times in 00:02:00. The last: IOException: the disk is full",
            ],
            _log.Lines);
    }

    [Fact]
    public void Failed_WithAnotherException_LogsItsStackToo()
    {
        var failures = new FailureLog(_log, _time, "Nothing works", LogLevel.Error);

        failures.Failed(new IOException("one"));
        failures.Failed(new TimeoutException("two"));
        failures.Failed(new IOException("three"));

        Assert.Equal(["Error: Nothing works (one)", "Error: Nothing works (two)"], _log.Lines);
    }

    [Fact]
    public void Succeeded_AfterFailures_SaysHowManyAndBeginsAnew()
    {
        var failures = new FailureLog(_log, _time, "Nothing works");

        failures.Succeeded();
        failures.Failed(new IOException("one"));
        _time.Advance(TimeSpan.FromSeconds(5));
        failures.Failed(new IOException("two"));
        failures.Succeeded();
        failures.Succeeded();
        failures.Failed(new IOException("three"));

        Assert.Equal(
            [
                "Warning: Nothing works (one)",
                "Information: Over after 2 failures in 00:00:05: Nothing works",
                "Warning: Nothing works (three)",
            ],
            _log.Lines);
    }

    [Fact]
    public void Succeeded_SoonAfterAFailureOfWorkInParallel_DoesNotEndTheCount()
    {
        var failures = new FailureLog(_log, _time, "Some fail", LogLevel.Warning, calm: TimeSpan.FromSeconds(10));

        failures.Failed(new IOException("one"));
        failures.Succeeded();
        failures.Failed(new IOException("two"));
        _time.Advance(TimeSpan.FromSeconds(10));
        failures.Succeeded();

        Assert.Equal(
            ["Warning: Some fail (one)", "Information: Over after 2 failures in 00:00:10: Some fail"], _log.Lines);
    }
}
