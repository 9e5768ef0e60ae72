using System.Text;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Fraud.Cases;

/// <summary>Work on cases, on every engine.</summary>
[EngineTest]
public sealed class CaseServiceTests
{
    [Theory, EveryEngine]
    public async Task Case_FromAlertToClosed_IsInItsTimelineTheAuditTrailAndTheCounts(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var found = await world.CaseOfAsync();

        var assigned = (await world.Service.AssignAsync(CaseWorld.Ana, found.Id, found.Version, "ana")).Value;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await world.Service.AddNoteAsync(CaseWorld.Ana, found.Id, "Called.\n\nNo answer. ")).IsSuccess);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        var closed = (
            await world.Service.CloseAsync(CaseWorld.Ana, found.Id, assigned.Version, CaseDisposition.ConfirmedFraud, "admitted it")
        ).Value;

        Assert.Equal((CaseState.Investigating, "ana"), (assigned.State, assigned.AssigneeId));
        Assert.Equal(
            (CaseState.Closed, CaseDisposition.ConfirmedFraud, world.Time.GetUtcNow()),
            (closed.State, closed.Disposition, closed.ClosedAt)
        );
        Assert.Equal(closed, await world.ReadAsync(found));
        var file = (await world.Desk.FindAsync(CaseWorld.Ana, closed.Reference)).Value;
        Assert.Equal(
            [CaseEventKind.Closed, CaseEventKind.Note, CaseEventKind.Assigned, CaseEventKind.AlertAdded, CaseEventKind.Opened],
            file.Events.Select(one => one.Kind));
        Assert.Equal("Called.\n\nNo answer.", file.Events[1].Text);
        Assert.Equal(
            ["case.close", "case.note", "case.assign"],
            (await world.Audit.ListAsync(AuditSubject.Case(found.Id), 10)).Select(record => record.Action));
        var counts = await world.Store.CountAsync([CaseKind.Fraud], "ana", world.Time.GetUtcNow());
        Assert.Equal(
            (0L, 0L, 1L),
            (
                counts.Open([CaseKind.Fraud]),
                counts.Of(CaseState.Investigating, [CaseKind.Fraud]),
                counts.Of(CaseState.Closed, [CaseKind.Fraud])
            )
        );
    }

    [Theory, EveryEngine]
    public async Task Change_OfAVersionThatIsNoMore_IsRefusedWithTheNameAndWritesNothing(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var seen = await world.CaseOfAsync();
        var others = (await world.Service.AssignAsync(CaseWorld.Otto, seen.Id, seen.Version, "otto")).Value;

        var refused = await world.Service.CloseAsync(CaseWorld.Ana, seen.Id, seen.Version, CaseDisposition.FalsePositive, "nothing in it");

        Assert.Equal(new CaseChangedError("Otto Other"), refused.Error);
        Assert.Equal(others, await world.ReadAsync(seen));
        Assert.DoesNotContain(await world.Store.ListEventsAsync(seen.Id, 10), one => one.Kind == CaseEventKind.Closed);
    }

    [Theory, EveryEngine]
    public async Task Change_TwoPeopleAtOnce_OneSucceedsAndTheOtherIsRefused(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var seen = await world.CaseOfAsync();

        // Both have read the case before either writes.
        var meeting = new Meeting(world.Store, 2);
        var results = await Task.WhenAll(
            world.NewService(meeting).CloseAsync(CaseWorld.Ana, seen.Id, seen.Version, CaseDisposition.FalsePositive, "nothing in it"),
            world.NewService(meeting).CloseAsync(CaseWorld.Otto, seen.Id, seen.Version, CaseDisposition.ConfirmedFraud, "admitted it"));

        var winner = Assert.Single(results, result => result.IsSuccess).Value;
        Assert.IsType<CaseChangedError>(Assert.Single(results, result => !result.IsSuccess).Error);
        Assert.Equal(winner, await world.ReadAsync(seen));
        Assert.Single(await world.Store.ListEventsAsync(seen.Id, 10), one => one.Kind == CaseEventKind.Closed);
        var counts = await world.Store.CountAsync([CaseKind.Fraud], "ana", world.Time.GetUtcNow());
        Assert.Equal((0L, 1L), (counts.Open([CaseKind.Fraud]), counts.Of(CaseState.Closed, [CaseKind.Fraud])));
    }

    [Theory, EveryEngine]
    public async Task Change_WhileAlertsComeIn_IsNoConflictAndLosesNone(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var seen = await world.CaseOfAsync();
        var (sam, bob) = (
            (await world.World.AccountStore.ListByOwnerAsync("sam"))[0],
            (await world.World.AccountStore.ListByOwnerAsync("bob"))[0]
        );
        await world.Intake.ProcessAsync((await world.TryAsync(sam, bob, 20)).Id);

        Assert.True((await world.Service.AssignAsync(CaseWorld.Ana, seen.Id, seen.Version, "ana")).IsSuccess);

        Assert.Equal(2, (await world.ReadAsync(seen)).Alerts);
    }

    [Theory, EveryEngine]
    public async Task Reopen_ClosedCase_IsDueAnewAndOnlyOneMayBeOpen(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var first = await world.CaseOfAsync();
        first = (
            await world.Service.CloseAsync(CaseWorld.Ana, first.Id, first.Version, CaseDisposition.FalsePositive, "nothing in it")
        ).Value;
        world.Time.Advance(TimeSpan.FromDays(3));

        var reopened = (await world.Service.ReopenAsync(CaseWorld.Ana, first.Id, first.Version, "new information")).Value;
        Assert.Equal(
            (CaseState.New, null, null, world.Time.GetUtcNow().AddDays(2)),
            (reopened.State, reopened.Disposition, reopened.ClosedAt, reopened.DueAt)
        );
        Assert.Equal(first.Id, (await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"))!.Id);
        var again = (
            await world.Service.CloseAsync(CaseWorld.Ana, first.Id, reopened.Version, CaseDisposition.Suspicious, "unclear")
        ).Value;

        var second = (await world.Service.OpenForCustomerAsync(CaseWorld.Ana, CaseKind.Fraud, "sam", "seen again")).Value;
        Assert.Equal(
            new OpenCaseThereError(second.Id),
            (await world.Service.ReopenAsync(CaseWorld.Ana, first.Id, again.Version, "once more")).Error
        );
        Assert.Equal(
            new OpenCaseThereError(second.Id),
            (await world.Service.OpenForCustomerAsync(CaseWorld.Otto, CaseKind.Fraud, "sam", "me too")).Error
        );
    }

    [Theory, EveryEngine]
    public async Task Escalate_FraudCase_GivesComplianceALinkedCaseWithItsAlerts(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var found = await world.CaseOfAsync();

        var escalated = (await world.Service.EscalateAsync(CaseWorld.Ana, found.Id, found.Version, "may be laundering")).Value;

        var compliance = (await world.Store.FindOpenAsync(CaseKind.Compliance, "sam"))!;
        Assert.Equal(
            (CaseState.Escalated, CaseState.New, compliance.OpenedAt.AddDays(30)),
            (escalated.State, compliance.State, compliance.DueAt)
        );
        var file = (await world.Desk.FindAsync(CaseWorld.Cora, compliance.Id)).Value;
        Assert.Equal((CaseLinkKind.EscalatedFrom, found.Id), (Assert.Single(file.Links).Link.Kind, file.Links[0].Case.Id));
        Assert.Equal(found.Id, Assert.Single(file.Alerts).From!.Id);
        Assert.Equal("may be laundering", file.Events[0].Text);
        Assert.Equal(CaseLinkKind.EscalatedTo, Assert.Single(await world.Store.ListLinksAsync(found.Id)).Kind);
        Assert.IsType<CaseIsEscalatedError>((await world.Service.EscalateAsync(CaseWorld.Ana, found.Id, escalated.Version, "again")).Error);
        var counts = await world.Store.CountAsync([CaseKind.Fraud, CaseKind.Compliance], "ana", world.Time.GetUtcNow());
        Assert.Equal((1L, 1L), (counts.Of(CaseState.Escalated, [CaseKind.Fraud]), counts.Of(CaseState.New, [CaseKind.Compliance])));
    }

    [Theory, EveryEngine]
    public async Task Escalate_ComplianceHasAnOpenCase_LinksThatOne(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var found = await world.CaseOfAsync();
        var compliance = (await world.Service.OpenForCustomerAsync(CaseWorld.Cora, CaseKind.Compliance, "sam", "cash")).Value;

        var escalated = (await world.Service.EscalateAsync(CaseWorld.Ana, found.Id, found.Version, "may be laundering")).Value;
        Assert.Equal(compliance.Id, Assert.Single(await world.Store.ListLinksAsync(found.Id)).OtherId);

        // Closed, reopened and escalated once more: the link is there already.
        var closed = (
            await world.Service.CloseAsync(CaseWorld.Ana, found.Id, escalated.Version, CaseDisposition.Suspicious, "passed on")
        ).Value;
        var reopened = (await world.Service.ReopenAsync(CaseWorld.Ana, found.Id, closed.Version, "more came up")).Value;
        Assert.True((await world.Service.EscalateAsync(CaseWorld.Ana, found.Id, reopened.Version, "look again")).IsSuccess);
    }

    [Theory, EveryEngine]
    public async Task Link_TwoCases_IsSeenFromBothAndOnlyOnce(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var one = await world.CaseOfAsync();
        world.World.Directory.Names["carl"] = "Carl Customer";
        var other = (await world.Service.OpenForCustomerAsync(CaseWorld.Ana, CaseKind.Fraud, "carl", "works with sam")).Value;

        Assert.True((await world.Service.LinkAsync(CaseWorld.Ana, one.Id, other.Reference.ToLowerInvariant())).IsSuccess);

        Assert.Equal(other.Id, Assert.Single(await world.Store.ListLinksAsync(one.Id)).OtherId);
        Assert.Equal(one.Id, Assert.Single(await world.Store.ListLinksAsync(other.Id)).OtherId);
        Assert.IsType<AlreadyLinkedError>((await world.Service.LinkAsync(CaseWorld.Ana, other.Id, one.Id)).Error);
        Assert.Equal("case", (await world.Service.LinkAsync(CaseWorld.Ana, one.Id, one.Id)).Error!.Field);
        Assert.Equal("case", (await world.Service.LinkAsync(CaseWorld.Ana, one.Id, "no such thing")).Error!.Field);
    }

    [Theory, EveryEngine]
    public async Task OpenForTransfer_ByHand_TakesTheTransferIntoTheOpenCaseIfThereIsOne(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var found = await world.CaseOfAsync();
        var (sam, bob) = (
            (await world.World.AccountStore.ListByOwnerAsync("sam"))[0],
            (await world.World.AccountStore.ListByOwnerAsync("bob"))[0]
        );
        var plain = await world.World.MustAsync(world.World.Order(sam, bob, 5));
        world.World.Directory.Names["bob"] = "Bob Baker";

        world.Time.Advance(TimeSpan.FromMinutes(1));
        var added = (
            await world.Service.OpenForTransferAsync(CaseWorld.Ana, CaseKind.Fraud, plain.Id, CaseSide.Payer, "the same pattern")
        ).Value;
        var opened = (
            await world.Service.OpenForTransferAsync(CaseWorld.Ana, CaseKind.Fraud, plain.Id, CaseSide.Payee, "receives it")
        ).Value;

        Assert.Equal((found.Id, 2), (added.Id, (await world.ReadAsync(found)).Alerts));
        Assert.Equal(("bob", bob.Id, 1), (opened.CustomerId, opened.AccountId, opened.Alerts));
        Assert.Equal(
            new OpenCaseThereError(found.Id),
            (await world.Service.OpenForTransferAsync(CaseWorld.Ana, CaseKind.Fraud, plain.Id, CaseSide.Payer, "twice")).Error
        );
        Assert.Equal("the same pattern", (await world.Store.ListEventsAsync(found.Id, 1))[0].Text);
    }

    [Theory, EveryEngine]
    public async Task Dispositions_OfTransfersInClosedCases_AreTheWorst(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var fraud = await world.CaseOfAsync();
        var transfer = (await world.Store.ListAlertsAsync(fraud.Id, 1))[0];
        var dispositions = new Dispositions(world.Store);
        Assert.Empty(await dispositions.FindAsync([transfer, "unknown"]));

        await world.Service.CloseAsync(CaseWorld.Ana, fraud.Id, fraud.Version, CaseDisposition.FalsePositive, "nothing in it");
        Assert.Equal(CaseDisposition.FalsePositive, (await dispositions.FindAsync([transfer]))[transfer]);

        var compliance = (
            await world.Service.OpenForTransferAsync(CaseWorld.Cora, CaseKind.Compliance, transfer, CaseSide.Payer, "but look")
        ).Value;
        Assert.Equal(CaseDisposition.FalsePositive, (await dispositions.FindAsync([transfer]))[transfer]);
        await world.Service.CloseAsync(CaseWorld.Cora, compliance.Id, compliance.Version, CaseDisposition.Suspicious, "unclear");
        Assert.Equal(CaseDisposition.Suspicious, (await dispositions.FindAsync([transfer]))[transfer]);
    }

    [Theory, EveryEngine]
    public async Task Queue_FilteredAndPaged_ShowsEachCaseOnceInOrderOfDue(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var opened = new List<Case>();
        for (var i = 0; i < 7; i++)
        {
            world.World.Directory.Names[$"c{i}"] = $"Customer {i}";
            opened.Add(
                (
                    await world.Service.OpenForCustomerAsync(
                        CaseWorld.Ana,
                        i % 3 == 0 ? CaseKind.Compliance : CaseKind.Fraud,
                        $"c{i}",
                        "by hand"
                    )
                ).Value
            );
            world.Time.Advance(TimeSpan.FromHours(1));
        }

        await world.Service.AssignAsync(CaseWorld.Ana, opened[1].Id, 1, "ana");
        await world.Service.AssignAsync(CaseWorld.Ana, opened[2].Id, 1, "otto");
        var open = opened.OrderBy(one => one.DueAt).Select(one => one.Id).ToList();

        Assert.Equal(open, await AllAsync(world, new CaseQuery { Limit = 2 }));
        Assert.Equal(open.Where(id => id == opened[1].Id), await AllAsync(world, new CaseQuery { Owner = CaseOwner.Mine, Limit = 2 }));
        Assert.Equal(
            open.Where(id => id != opened[1].Id && id != opened[2].Id),
            await AllAsync(world, new CaseQuery { Owner = CaseOwner.Unassigned, Limit = 2 })
        );
        Assert.Equal([opened[1].Id, opened[2].Id], await AllAsync(world, new CaseQuery { State = CaseState.Investigating, Limit = 1 }));
        Assert.Equal(
            [opened[0].Id, opened[3].Id, opened[6].Id],
            await AllAsync(world, new CaseQuery { Kinds = [CaseKind.Compliance], Limit = 1 })
        );

        // Two days on, the fraud cases opened at first are overdue.
        world.Time.Advance(TimeSpan.FromHours(48 - 4));
        var overdue = new CaseQuery { DueBefore = world.Time.GetUtcNow(), Limit = 1 };
        Assert.Equal([opened[1].Id, opened[2].Id], await AllAsync(world, overdue));
        Assert.Equal([opened[1].Id], await AllAsync(world, overdue with { Owner = CaseOwner.Mine }));
        var counts = await world.Store.CountAsync([CaseKind.Fraud, CaseKind.Compliance], "ana", world.Time.GetUtcNow());
        Assert.Equal((7L, 2, 1, 5), (counts.Open([CaseKind.Fraud, CaseKind.Compliance]), counts.Overdue, counts.Mine, counts.Unassigned));

        foreach (var i in new[] { 4, 1 })
        {
            var now = await world.ReadAsync(opened[i]);
            Assert.True(
                (await world.Service.CloseAsync(CaseWorld.Ana, now.Id, now.Version, CaseDisposition.FalsePositive, "fine")).IsSuccess
            );
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([opened[1].Id, opened[4].Id], await AllAsync(world, new CaseQuery { State = CaseState.Closed, Limit = 1 }));
        Assert.Equal(5, (await AllAsync(world, new CaseQuery { Limit = 3 })).Count);
    }

    [Theory, EveryEngine]
    public async Task Stored_WhatPeopleWrite_IsEncrypted(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var found = await world.CaseOfAsync();
        await world.Service.AddNoteAsync(CaseWorld.Ana, found.Id, "Zebra crossing");
        await world.Service.CloseAsync(CaseWorld.Ana, found.Id, found.Version, CaseDisposition.FalsePositive, "Zebra was a horse");

        var rows = await world.World.Database.Client.ScanAsync(new ScanRequest(world.World.Database.TableName(CaseTables.Cases)));
        var text = rows
            .Items.Aggregate(new StringBuilder(), (all, row) => all.AppendJoin(' ', row.Values.Select(value => value.S)))
            .ToString();

        Assert.Contains("FalsePositive", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zebra", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_ByPeopleWhoMayNot_AreRefusedAndChangeNothing()
    {
        await using var world = await CaseWorld.CreateAsync(EngineKind.Dynoxide);
        var fraud = await world.CaseOfAsync();
        var transfer = (await world.Store.ListAlertsAsync(fraud.Id, 1))[0];
        var account = (await world.World.AccountStore.ListByOwnerAsync("sam"))[0];
        world.World.Directory.Names["sam"] = "Sam Suspect";
        Actor[] strangers =
        [
            Actor.Customer("sam"),
            Actor.Customer("bob"),
            new("mona", [BankRoles.Manager]),
            new("nobody", []),
            CaseWorld.Cora,
        ];

        foreach (var actor in strangers)
        {
            Error?[] refusals =
            [
                (await world.Service.AssignAsync(actor, fraud.Id, 1, actor.UserId)).Error,
                (await world.Service.AddNoteAsync(actor, fraud.Id, "note")).Error,
                (await world.Service.CloseAsync(actor, fraud.Id, 1, CaseDisposition.FalsePositive, "reason")).Error,
                (await world.Service.EscalateAsync(actor, fraud.Id, 1, "reason")).Error,
                (await world.Service.ReopenAsync(actor, fraud.Id, 1, "reason")).Error,
                (await world.Service.LinkAsync(actor, fraud.Id, fraud.Id)).Error,
                (await world.Service.OpenForCustomerAsync(actor, CaseKind.Fraud, "sam", "reason")).Error,
                (await world.Service.OpenForAccountAsync(actor, CaseKind.Fraud, account.Id, "reason")).Error,
                (await world.Service.OpenForTransferAsync(actor, CaseKind.Fraud, transfer, CaseSide.Payer, "reason")).Error,
                (await world.Desk.FindAsync(actor, fraud.Id)).Error,
                (await world.Desk.ListAlertsAsync(actor, 10, null)).Error,
                (await world.Desk.ListAssigneesAsync(actor, CaseKind.Fraud)).Error,
            ];
            Assert.All(refusals, refusal => Assert.True(refusal is NotAllowedError or NotFoundError, $"{actor.UserId}: {refusal}"));
            Assert.True(actor.Is(BankRoles.Compliance) || (await world.Desk.ListAsync(actor, new CaseQuery())).Error is NotAllowedError);
        }

        Assert.Equal(fraud, await world.ReadAsync(fraud));
        Assert.Equal(2, (await world.Store.ListEventsAsync(fraud.Id, 10)).Count);
        Assert.Empty((await world.Desk.ListAsync(CaseWorld.Cora, new CaseQuery())).Value.Lines);
        Assert.Equal([CaseKind.Compliance], (await world.Desk.ListAsync(CaseWorld.Cora, new CaseQuery())).Value.Kinds);
        Assert.Empty(await world.Audit.ListAsync(AuditSubject.Case(fraud.Id), 10));
    }

    [Fact]
    public async Task Assign_ToSomebodyWithoutTheRole_IsRefused()
    {
        await using var world = await CaseWorld.CreateAsync(EngineKind.Dynoxide);
        var fraud = await world.CaseOfAsync();

        Assert.Equal("assignee", (await world.Service.AssignAsync(CaseWorld.Ana, fraud.Id, 1, "cora")).Error!.Field);
        Assert.Equal("assignee", (await world.Service.AssignAsync(CaseWorld.Ana, fraud.Id, 1, "sam")).Error!.Field);
        Assert.True((await world.Service.AssignAsync(CaseWorld.Ana, fraud.Id, 1, "otto")).IsSuccess);
    }

    private static async Task<IReadOnlyList<string>> AllAsync(CaseWorld world, CaseQuery query)
    {
        var found = new List<string>();
        do
        {
            var page = await world.Store.ListAsync(query, "ana");
            found.AddRange(page.Cases.Select(one => one.Id));
            query = query with { After = page.Next };
        }
        while (query.After is not null);

        return found;
    }

    // Lets nobody commit before everybody has come to it.
    private sealed class Meeting(ICaseStore inner, int people) : PassingStore(inner)
    {
        private readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = people;

        public override async Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default)
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _together.SetResult();
            }

            await _together.Task;
            return await base.CommitAsync(commit, ct);
        }
    }
}
