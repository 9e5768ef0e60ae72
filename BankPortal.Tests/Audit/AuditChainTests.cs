using System.Text;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;
using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Audit.Chain;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Audit;

/// <summary>Whoever changes the audit log behind the portal's back is found, in the database and in an export.</summary>
[EngineTest]
public sealed class AuditChainTests
{
    private static readonly Actor Ann = new("ann", [BankRoles.Admin], "session-1");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Verify_StaffActionsAndSecurityEvents_AreAllCoveredAndClean(EngineKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.FillAsync();

        var found = await world.Verifier.VerifyAsync(ct: Ct);

        Assert.True(found.IsClean, found.Findings.FirstOrDefault()?.Sentence);
        Assert.Equal((22, 0), (found.Rows, found.Older));

        // Two rows for each action; the twelve events took two transactions.
        Assert.Equal(12, found.Links);
    }

    [Theory, EveryEngine]
    public async Task Append_ProcessesOfOneChainAtOnce_KeepItWithoutGaps(EngineKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var others = Enumerable.Range(0, 3).Select(_ => world.NewStore(shard: 3)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => others[i % 3].AppendAsync(world.NewRecord(i), Ct)));

        var found = await world.Verifier.VerifyAsync(ct: Ct);
        Assert.True(found.IsClean, found.Findings.FirstOrDefault()?.Sentence);
        Assert.Equal((24, 24), (found.Links, found.Rows));
    }

    [Fact]
    public async Task Append_AnswerLost_IsThereOnceAndTheChainGoesOn()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        var record = world.NewRecord(1);
        await world.Store.AppendAsync(record, Ct);

        // Another process of the same chain, which knows nothing of it, and the same one again.
        await world.NewStore(World.Shard).AppendAsync(record, Ct);
        await world.Store.AppendAsync(record, Ct);
        await world.Store.AppendAsync(world.NewRecord(2), Ct);

        var found = await world.Verifier.VerifyAsync(ct: Ct);
        Assert.True(found.IsClean, found.Findings.FirstOrDefault()?.Sentence);
        Assert.Equal((2, 2), (found.Links, found.Rows));
    }

    [Fact]
    public async Task Append_NextOnTheSameNode_IsOneRequest()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.Store.AppendAsync(world.NewRecord(1), Ct);

        using var requests = world.Fixture.CountRequests();
        await world.Store.AppendAsync(world.NewRecord(2), Ct);

        Assert.Equal(1, requests.Total);
    }

    [Fact]
    public async Task Verify_RowChanged_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        var row = await world.AnyRowAsync();

        await world.UpdateAsync(row, "SET actor_id = :value", Attr.S("somebody-else"));

        Assert.Equal([AuditFault.RowChanged], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_AttributeAddedToARow_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();

        await world.UpdateAsync(await world.AnyRowAsync(), "SET remark = :value", Attr.S("harmless"));

        Assert.Equal([AuditFault.RowChanged], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_RowRemoved_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();

        await world.DeleteAsync(await world.AnyRowAsync());

        Assert.Equal([AuditFault.RowMissing], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_RowAndItsLinkRemoved_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        var row = await world.AnyRowAsync();
        var (shard, number) = AuditLink.Parse(row["link"].S)!.Value;

        await world.DeleteAsync(row);
        await world.DeleteAsync(AuditChainItems.PartitionOf(shard), AuditChainItems.KeyOf(number));

        Assert.Equal([AuditFault.LinkMissing], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_RowSlippedIn_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        var row = await world.AnyRowAsync();
        foreach (var (id, link) in new[] { ("A", null), ("B", row["link"].S), ("C", "7/999") })
        {
            var copy = new Dictionary<string, AttributeValue>(row, StringComparer.Ordinal) { ["record_key"] = Attr.S(row["record_key"].S + id) };
            copy.Remove("link");
            if (link is not null)
            {
                copy["link"] = Attr.S(link);
            }

            await world.PutAsync(copy);
        }

        world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([AuditFault.RowNotLinked, AuditFault.RowNotLinked, AuditFault.RowNotLinked], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_LinkMadeToFitAChangedRow_IsFoundByTheNextOrTheAnchor()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();

        // Everything from the changed row on is computed again, as somebody would who knows the form; only the anchor is signed.
        var links = await world.Chain.ListLinksAsync(World.Shard, 0, 100, Ct);
        var last = default(AuditLink);
        foreach (var link in links)
        {
            var rows = (await world.Chain.FindRowsAsync([.. link.Rows.Select(linked => linked.Key)], Ct)).Values;
            var forged = AuditLink.After(World.Shard, last, link.At, rows.Select(row => row with
            {
                Fields = [.. row.Fields.Select(field => field.Name == "actor_id" ? field with { Text = "mallory" } : field)],
            }));
            foreach (var row in rows.Where(row => row.Find("actor_id") is not null))
            {
                await world.UpdateAsync(row.Key.Subject, row.Key.Record, "SET actor_id = :value", Attr.S("mallory"));
            }

            await world.PutAsync(AuditChainItems.ToItem(forged));
            last = forged;
        }

        Assert.Equal([AuditFault.AnchorBroken], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_EndOfTheChainCutOffBehindAnAnchor_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();
        var last = await world.Chain.FindLastAsync(World.Shard, Ct);

        await world.DeleteAsync(AuditChainItems.PartitionOf(World.Shard), AuditChainItems.KeyOf(last!.Number));
        foreach (var row in last.Rows)
        {
            await world.DeleteAsync(row.Key.Subject, row.Key.Record);
        }

        Assert.Equal([AuditFault.LinkMissing], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_AnchorSignedByAnotherKey_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();
        var anchor = Assert.Single(await world.Chain.ListAnchorsAsync(DateOnly.MinValue, Ct));
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var signature = key.SignData(AuditHash.Text(anchor), System.Security.Cryptography.HashAlgorithmName.SHA256);

        await world.PutAsync(AuditChainItems.ToItem(anchor with { Signature = Convert.ToBase64String(signature) }));

        Assert.Equal([AuditFault.SignatureWrong], await world.FaultsAsync());
    }

    [Fact]
    public async Task Verify_RowsOfBefore_AreCountedAndNoFault()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.PutAsync(world.Items.ToItem(world.NewRecord(0)));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.FillAsync();

        var found = await world.Verifier.VerifyAsync(ct: Ct);

        Assert.True(found.IsClean, found.Findings.FirstOrDefault()?.Sentence);
        Assert.Equal(1, found.Older);
    }

    [Fact]
    public async Task Verify_FromADayOn_LooksAtWhatCameAfterTheAnchorOnly()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.Trail.RecordAsync(Ann, "account.view", AuditSubject.Account("ACCOUNT2"), null, ct: Ct);

        var found = await world.Verifier.VerifyAsync(world.Today, ct: Ct);

        Assert.True(found.IsClean, found.Findings.FirstOrDefault()?.Sentence);
        Assert.Equal((1, 1), (found.Links, found.Rows));
        await world.AnchorAsync();
        await world.AnchorAsync();
        Assert.Equal(2, (await world.Chain.ListAnchorsAsync(DateOnly.MinValue, Ct)).Count);
        Assert.True((await world.Verifier.VerifyAsync(ct: Ct)).IsClean);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_AsItIs_IsCleanWithoutThePortal(bool fromAnchor)
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.FillAsync();
        await world.AnchorAsync();

        var file = await world.ExportAsync(fromAnchor ? world.Today : null);
        var check = await AuditFileCheck.VerifyAsync(new MemoryStream(file), Ct);

        Assert.True(check.Result.IsClean, check.Result.Findings.FirstOrDefault()?.Sentence);
        Assert.Equal(fromAnchor ? (22, 1) : (44, 2), (check.Result.Rows, check.Result.Anchors));
        Assert.Equal(AuditSignature.Fingerprint(await world.Signer.PublicKeyAsync(Ct)), check.Fingerprint);
        Assert.Contains("Because of 3", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AnyByteChanged_IsFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();
        var file = await world.ExportAsync(null);

        for (var at = 0; at < file.Length - 1; at += 29)
        {
            var changed = (byte[])file.Clone();
            changed[at] ^= 1;
            var check = await AuditFileCheck.VerifyAsync(new MemoryStream(changed), Ct);
            Assert.False(check.Result.IsClean, $"Byte {at} of {file.Length} was changed and nobody noticed.");
        }
    }

    [Fact]
    public async Task Export_LinesRemovedRepeatedOrSwapped_AreFound()
    {
        await using var world = await World.CreateAsync(EngineKind.Dynoxide);
        await world.FillAsync();
        await world.AnchorAsync();
        var lines = Encoding.UTF8.GetString(await world.ExportAsync(null)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        for (var i = 0; i < lines.Length; i++)
        {
            string[][] changes =
            [
                [.. lines[..i], .. lines[(i + 1)..]],
                [.. lines[..i], lines[i], .. lines[i..]],
                i + 1 < lines.Length ? [.. lines[..i], lines[i + 1], lines[i], .. lines[(i + 2)..]] : [.. lines[..i], "null"],
                [.. lines[..i], "{\"row\":{\"key\":null,\"fields\":null}}", .. lines[i..]],
            ];
            foreach (var changed in changes)
            {
                var check = await AuditFileCheck.VerifyAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', changed) + "\n")), Ct);
                Assert.False(check.Result.IsClean, $"Line {i + 1} of {lines.Length} was changed and nobody noticed.");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("no audit log\n")]
    [InlineData("{}\n")]
    [InlineData("{\"head\":{\"format\":\"other\",\"version\":1,\"at\":\"2026-11-20T00:00:00Z\",\"publicKey\":\"\"}}\n")]
    [InlineData("{\"link\":{\"shard\":99,\"number\":1,\"previous\":\"\",\"at\":\"2026-11-20T00:00:00Z\",\"rows\":[],\"hash\":\"\"}}\n")]
    public async Task Check_SomethingElse_IsRefusedWithoutAFault(string text)
    {
        var check = await AuditFileCheck.VerifyAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Ct);

        Assert.False(check.Result.IsClean);
        Assert.Contains(check.Result.Findings, finding => finding.Kind is AuditFault.FileUnreadable or AuditFault.FileIncomplete);
    }

    private sealed class World : IAsyncDisposable
    {
        public const int Shard = 3;

        private static int _next;
        private readonly DynamoSecurityEventStore _events;

        private World(DynamoFixture fixture)
        {
            Fixture = fixture;
            var protector = new FieldProtector(new EphemeralDataProtectionProvider());
            Items = new AuditItems(protector);
            Store = NewStore(Shard);
            Trail = new AuditTrail(Store, Time, NullLogger<AuditTrail>.Instance);
            _events = new DynamoSecurityEventStore(fixture.Database, protector, new AuditChainWriter(fixture.Database, Time, 9));
            Chain = new DynamoAuditChainStore(fixture.Database);
            Signer = new AuditSigner(fixture.Database, protector);
            Verifier = new AuditVerifier(Chain, Signer, Time);
            Export = new AuditExport(Chain, Signer, new AuditTexts(protector), Time);
        }

        public DynamoFixture Fixture { get; }

        public ManualTime Time { get; } = new();

        public AuditItems Items { get; }

        public DynamoAuditStore Store { get; }

        public AuditTrail Trail { get; }

        public DynamoAuditChainStore Chain { get; }

        public AuditSigner Signer { get; }

        public AuditVerifier Verifier { get; }

        public AuditExport Export { get; }

        public DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

        public static async Task<World> CreateAsync(EngineKind kind) => new(await DynamoFixture.CreateAsync(kind, AuditTables.All));

        public DynamoAuditStore NewStore(int shard) => new(Fixture.Database, Items, new AuditChainWriter(Fixture.Database, Time, shard));

        public AuditRecord NewRecord(int number) => new(
            $"ID{number}-{Interlocked.Increment(ref _next)}",
            Time.GetUtcNow(),
            "ann",
            "account.freeze",
            AuditSubject.Account($"ACCOUNT{number % 3}"),
            $"Because of {number}",
            null);

        // Ten rows of five actions, and twelve security events.
        public async Task FillAsync()
        {
            for (var i = 0; i < 5; i++)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                var number = i;
                await Trail.RunAsync(Ann, "account.freeze", AuditSubject.Account($"ACCOUNT{i}"), $"Because of {i}", _ => Task.FromResult<Result<int>>(number), ct: Ct);
            }

            await _events.AppendAsync(
                [
                    .. Enumerable.Range(0, 12).Select(i => new SecurityRecord(
                        $"E{Interlocked.Increment(ref _next)}",
                        Time.GetUtcNow(),
                        new SecurityEvent(SecurityEventKind.SignIn, SecurityEventOutcome.Failed) { UserId = "ann", Address = "192.0.2.7", Detail = "/auth/login" },
                        1,
                        Time.GetUtcNow())),
                ],
                Ct);
        }

        public async Task AnchorAsync() => await new AuditAnchorJob(Verifier, Chain, Signer, Time, NullLogger<AuditAnchorJob>.Instance)
            .StepAsync(new JobContext("node", 1, null, Time.GetUtcNow(), Time.GetUtcNow()), Ct);

        public async Task<IEnumerable<AuditFault>> FaultsAsync() =>
            (await Verifier.VerifyAsync(ct: Ct)).Findings.Select(finding => finding.Kind);

        public async Task<byte[]> ExportAsync(DateOnly? from)
        {
            var bytes = new List<byte>();
            await foreach (var piece in Export.WriteAsync(from, Ct))
            {
                bytes.AddRange(piece.Span);
            }

            return [.. bytes];
        }

        // The third action's intention.
        public async Task<Dictionary<string, AttributeValue>> AnyRowAsync() => (await Fixture.Database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = Table,
                KeyConditionExpression = "subject = :subject",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":subject"] = Attr.S("Account#ACCOUNT2") },
            },
            Ct)).Items[0];

        public Task UpdateAsync(Dictionary<string, AttributeValue> row, string update, AttributeValue value) =>
            UpdateAsync(row["subject"].S, row["record_key"].S, update, value);

        public Task UpdateAsync(string subject, string record, string update, AttributeValue value) =>
            Fixture.Database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = Table,
                Key = Key(subject, record),
                UpdateExpression = update,
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":value"] = value },
            },
            Ct);

        public Task PutAsync(Dictionary<string, AttributeValue> item) => Fixture.Database.Client.PutItemAsync(Table, item, Ct);

        public Task DeleteAsync(Dictionary<string, AttributeValue> row) => DeleteAsync(row["subject"].S, row["record_key"].S);

        public Task DeleteAsync(string subject, string record) => Fixture.Database.Client.DeleteItemAsync(Table, Key(subject, record), Ct);

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();

        private string Table => Fixture.Database.TableName(AuditTables.Records);

        private static Dictionary<string, AttributeValue> Key(string subject, string record) =>
            new(StringComparer.Ordinal) { ["subject"] = Attr.S(subject), ["record_key"] = Attr.S(record) };
    }
}
