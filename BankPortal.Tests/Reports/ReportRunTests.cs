using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Runs;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Tests.Reports;

/// <summary>Reports in the background: figures, crashes, two nodes, cancelling, delivery.</summary>
[UnitTest]
public sealed class ReportRunTests
{
    private static readonly ReportDefinition Distinct = new()
    {
        Measures = [ReportMeasure.Distinct, ReportMeasure.Count, ReportMeasure.Median],
        By = [ReportDimension.Hour, ReportDimension.Cohort],
        Pivot = ReportDimension.Month,
        Period = new ReportPeriod("last-30-days"),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WhatCellsCannotAnswer_EqualsTheNaiveFigures()
    {
        var world = await WorldAsync();
        Assert.IsType<ReportNeedsRunError>((await world.Reports.ReadAsync(ReportWorld.Manager, Distinct, Ct)).Error);
        var run = await StartAsync(world);

        await ToEndAsync(world, world.NewNode());

        await AssertRightAsync(world, run.Id);
    }

    [Fact]
    public async Task Run_NodeKilledInTheMiddle_GoesOnAndGivesTheSame()
    {
        var world = await WorldAsync();
        var run = await StartAsync(world);

        // Each life makes its step and dies before it is stored, every second time.
        for (var life = 0; (await world.Runs.FindAsync(run.Id, Ct))!.IsOpen; life++)
        {
            Assert.True(life < 500, "The run does not end.");
            var node = life % 2 == 0 ? world.NewNode(new OneDay(world)) : new RunJob(
                new DyingRuns(world.Runs), [new OneDay(world)], new RunSignal(), world.Clock, NullLogger<RunJob>.Instance);
            try
            {
                await node.WorkAsync(Ct);
            }
            catch (InvalidOperationException)
            {
                // The node is gone.
            }
        }

        await AssertRightAsync(world, run.Id);
    }

    [Fact]
    public async Task Run_TwoNodesAtOnce_GiveTheSame()
    {
        var world = await WorldAsync();
        var run = await StartAsync(world);
        var nodes = new[] { world.NewNode(new OneDay(world)), world.NewNode(new OneDay(world)), world.NewNode(new OneDay(world)) };

        while ((await world.Runs.FindAsync(run.Id, Ct))!.IsOpen)
        {
            await Task.WhenAll(nodes.Select(node => node.WorkAsync(Ct)));
        }

        await AssertRightAsync(world, run.Id);
    }

    [Fact]
    public async Task Cancel_RunInTheMiddle_KeepsTheFiguresSoFar()
    {
        var world = await WorldAsync();
        var run = await StartAsync(world);
        var node = world.NewNode(new OneDay(world));
        while ((await world.Runs.FindAsync(run.Id, Ct))!.Progress < 26)
        {
            await node.WorkAsync(Ct);
        }

        Assert.True((await world.ReportRuns.CancelAsync(ReportWorld.Manager, run.Id, Ct)).IsSuccess);
        await node.WorkAsync(Ct);

        var view = (await world.ReportRuns.FindAsync(ReportWorld.Manager, run.Id, Ct)).Value;
        Assert.Equal(RunState.Cancelled, view.Run.State);
        Assert.Equal(26, view.Run.Progress);
        Assert.NotEmpty(view.Result!.Lines);
    }

    [Fact]
    public async Task Run_OfSomebodyElse_IsNotFound()
    {
        var world = await WorldAsync();
        var run = await StartAsync(world);

        Assert.IsType<NotFoundError>((await world.ReportRuns.FindAsync(ReportWorld.Compliance, run.Id, Ct)).Error);
        Assert.IsType<NotFoundError>((await world.ReportRuns.CancelAsync(ReportWorld.Compliance, run.Id, Ct)).Error);
        Assert.IsType<NotFoundError>((await world.ReportRuns.FindAsync(ReportWorld.Manager, "nonsense", Ct)).Error);
    }

    [Fact]
    public async Task Start_SameKeyTwice_IsOneRun()
    {
        var world = await WorldAsync();

        Assert.Equal((await StartAsync(world)).Id, (await StartAsync(world)).Id);
        Assert.Single((await world.ReportRuns.ListAsync(ReportWorld.Manager, Ct)).Value);
    }

    [Fact]
    public async Task Start_SixthOpenRun_IsRefused()
    {
        var world = await WorldAsync();
        for (var i = 0; i < RunService.MostOpen; i++)
        {
            Assert.True((await world.ReportRuns.StartAsync(ReportWorld.Manager, Distinct, $"key-{i}", "Report", Ct)).IsSuccess);
        }

        Assert.IsType<TooManyRunsError>((await world.ReportRuns.StartAsync(ReportWorld.Manager, Distinct, "one more", "Report", Ct)).Error);
    }

    [Fact]
    public async Task Run_StepThatAlwaysFails_IsGivenUpWithASentence()
    {
        var world = await WorldAsync();
        var run = await StartAsync(world);
        var node = world.NewNode(new FailingWorker());

        for (var i = 0; i < RunJob.MostTries; i++)
        {
            await node.WorkAsync(Ct);
        }

        var failed = (await world.Runs.FindAsync(run.Id, Ct))!;
        Assert.Equal(RunState.Failed, failed.State);
        Assert.NotNull(failed.Failure);
    }

    [Fact]
    public async Task Deliver_DueReports_AreMadeOnceAndReadersAreTold()
    {
        var world = await WorldAsync();
        world.Staff.Add("mia", "Mia Mann", BankRoles.Manager);
        world.Staff.Add("max", "Max Muster", BankRoles.Manager);
        world.Staff.Add("cora", "Cora Code", BankRoles.Compliance);
        var definition = new ReportDefinition { By = [ReportDimension.Kind] };
        var saved = (await world.Saved.AddAsync(
            ReportWorld.Manager,
            new SavedReportChange("Mornings", definition, [], ["cora"], ReportSchedule.Daily),
            Ct)).Value;
        var job = new ReportDeliveryJob(world.SavedStore, world.RunService, world.Staff, world.Bank.Rules);

        await world.StepAsync(job);
        await world.StepAsync(job);
        await ToEndAsync(world, world.NewNode());

        var run = Assert.Single((await world.ReportRuns.ListAsync(ReportWorld.Manager, Ct)).Value);
        Assert.Equal(RunState.Done, run.State);
        Assert.Equal(["cora", "mia"], world.Events.All.Select(happened => happened.PersonId).Order(StringComparer.Ordinal));
        Assert.All(world.Events.All, happened =>
        {
            Assert.Equal(BankEventKinds.ReportReady, happened.Kind);
            Assert.Equal("/reports/runs/" + run.Id, happened.Facts["link"]);
            Assert.Equal("Mornings", happened.Facts["report"]);
        });
        Assert.NotNull((await world.ReportRuns.FindAsync(ReportWorld.Compliance, run.Id, Ct)).Value.Result);

        // A report that is no longer shared takes its results with it.
        await world.Saved.ChangeAsync(
            ReportWorld.Manager, saved.Id, saved.Version, new SavedReportChange("Mornings", definition, [], [], ReportSchedule.Daily), Ct);
        Assert.IsType<NotFoundError>((await world.ReportRuns.FindAsync(ReportWorld.Compliance, run.Id, Ct)).Error);
    }

    [Fact]
    public async Task Deliver_ReportOfSomebodyWhoLeft_IsNotMade()
    {
        var world = await WorldAsync();
        await world.Saved.AddAsync(
            ReportWorld.Manager, new SavedReportChange("Mornings", new ReportDefinition(), [], [], ReportSchedule.Daily), Ct);

        await world.StepAsync(new ReportDeliveryJob(world.SavedStore, world.RunService, world.Staff, world.Bank.Rules));

        Assert.Empty((await world.ReportRuns.ListAsync(ReportWorld.Manager, Ct)).Value);
    }

    private static async Task<ReportWorld> WorldAsync()
    {
        var world = new ReportWorld(new DateTimeOffset(2026, 2, 24, 15, 0, 0, TimeSpan.Zero));
        world.Days.First = world.Reports.Today;
        await world.OpenAsync("ann");
        await world.OpenAsync("ann", AccountType.Savings);
        await world.OpenAsync("bob");
        await world.OpenAsync("cid");
        await world.TrafficAsync(seed: 12, days: 7, perDay: 31);
        await world.CountAsync();
        return world;
    }

    private static async Task<BackgroundRun> StartAsync(ReportWorld world) =>
        (await world.ReportRuns.StartAsync(ReportWorld.Manager, Distinct, "key", "Different customers", Ct)).Value;

    private static async Task ToEndAsync(ReportWorld world, RunJob node)
    {
        while (await node.WorkAsync(Ct) > 0)
        {
        }

        Assert.Empty(await world.Runs.ListOpenAsync(10, Ct));
    }

    private static async Task AssertRightAsync(ReportWorld world, string id)
    {
        var view = (await world.ReportRuns.FindAsync(ReportWorld.Manager, id, Ct)).Value;
        Assert.Equal(RunState.Done, view.Run.State);
        var result = view.Result!;
        var expected = (await world.LegsAsync())
            .GroupBy(leg => $"{leg.Local:HH}|{world.Bank.Rules.DayOf(leg.Account.OpenedAt):yyyy-MM}|{leg.Day:yyyy-MM}")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (decimal)group.Select(leg => leg.Account.OwnerId).Distinct().Count(), (decimal)group.Count()));
        Assert.Equal(
            expected,
            result.Lines
                .SelectMany(line => result.Columns.Select((column, i) =>
                    (Key: string.Join('|', line.Keys.Add(column)), Cell: line.Cells[i])))
                .Where(cell => cell.Cell is { } found && found.Values[1] != 0)
                .Select(cell => (cell.Key, cell.Cell!.Values[0]!.Value, cell.Cell.Values[1]!.Value)));
    }

    /// <summary>Counts a single day in a step.</summary>
    private sealed class OneDay(ReportWorld world) : IRunWorker
    {
        public string Kind => ReportRunWorker.RunKind;

        public Task<Result<RunStep>> StepAsync(BackgroundRun run, CancellationToken ct) => world.Worker.StepAsync(run, rowsPerStep: 1, ct);

        public Task FinishedAsync(BackgroundRun run, CancellationToken ct) => world.Worker.FinishedAsync(run, ct);
    }

    private sealed class FailingWorker : IRunWorker
    {
        public string Kind => ReportRunWorker.RunKind;

        public Task<Result<RunStep>> StepAsync(BackgroundRun run, CancellationToken ct) =>
            throw new InvalidOperationException("The database is away.");
    }

    /// <summary>A store whose node dies before it writes.</summary>
    private sealed class DyingRuns(IRunStore inner) : IRunStore
    {
        public Task<BackgroundRun?> FindAsync(string id, CancellationToken ct = default) => inner.FindAsync(id, ct);

        public Task<IReadOnlyList<BackgroundRun>> ListAsync(string ownerId, int limit, CancellationToken ct = default) =>
            inner.ListAsync(ownerId, limit, ct);

        public Task<IReadOnlyList<string>> ListOpenAsync(int limit, CancellationToken ct = default) => inner.ListOpenAsync(limit, ct);

        public Task<bool> TryAddAsync(BackgroundRun run, CancellationToken ct = default) => inner.TryAddAsync(run, ct);

        public Task<bool> TryWriteAsync(BackgroundRun run, CancellationToken ct = default) =>
            throw new InvalidOperationException("The node was killed.");
    }
}
