using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Documents;
using BankPortal.Infrastructure.Dynamo.Documents;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Statements;

/// <summary>Documents are kept as they are, once, encrypted, and never come back altered.</summary>
[EngineTest]
public sealed class DocumentStoreTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 4, 0, 0, TimeSpan.Zero);
    private static readonly DocumentKey Key = new("STATEMENT", "pdf");

    private readonly FieldProtector _protector = new(new EphemeralDataProtectionProvider());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Keep_ShortAndLongOnes_ReadsBackTheSameBytes(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, DocumentTables.All);
        var store = new DynamoDocumentStore(fixture.Database, _protector);

        foreach (var size in new[] { 0, 1, 1_000, 299_000, 700_000, 3_000_000 })
        {
            var key = new DocumentKey("A" + size.ToString(CultureInfo.InvariantCulture), "csv");
            var content = RandomNumberGenerator.GetBytes(size);
            Assert.Null(await store.FindAsync(key, Ct));

            await store.KeepAsync(key, content, At, Ct);
            var found = await store.FindAsync(key, Ct);

            Assert.Equal(content, found?.Content.ToArray());
            Assert.Equal(SHA256.HashData(content), found?.Hash.ToArray());
            Assert.Equal(At, found?.KeptAt);
        }
    }

    [Theory, EveryEngine]
    public async Task Keep_AnotherOneLater_TheFirstStays(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, DocumentTables.All);
        var store = new DynamoDocumentStore(fixture.Database, _protector, partSize: 100);
        var first = RandomNumberGenerator.GetBytes(1_000);
        await store.KeepAsync(Key, first, At, Ct);

        var kept = await store.KeepAsync(Key, RandomNumberGenerator.GetBytes(2_000), At.AddYears(1), Ct);

        Assert.Equal(first, kept.Content.ToArray());
        Assert.Equal(first, (await store.FindAsync(Key, Ct))?.Content.ToArray());
        Assert.Null(await store.FindAsync(Key with { Name = "pd" }, Ct));
        Assert.Null(await store.FindAsync(Key with { Id = "OTHER" }, Ct));
    }

    [Theory, EveryEngine]
    public async Task Keep_ManyAtOnce_AllGetTheSameOne(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, DocumentTables.All);
        var store = new DynamoDocumentStore(fixture.Database, _protector, partSize: 200);

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => store.KeepAsync(Key, RandomNumberGenerator.GetBytes(1_000), At, Ct), Ct)));

        Assert.Single(kept.Select(document => Convert.ToHexString(document.Hash.Span)).Distinct(StringComparer.Ordinal));
        Assert.Equal(kept[0].Content.ToArray(), (await store.FindAsync(Key, Ct))?.Content.ToArray());
    }

    [Theory, EveryEngine]
    public async Task Remove_ShortAndLongOnes_LeavesNoRowAndTheOthers(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, DocumentTables.All);
        var store = new DynamoDocumentStore(fixture.Database, _protector, partSize: 200);
        var other = new DocumentKey(Key.Id, "other");
        await store.KeepAsync(other, RandomNumberGenerator.GetBytes(1_000), At, Ct);
        foreach (var size in new[] { 10, 9_000 })
        {
            await store.KeepAsync(Key, RandomNumberGenerator.GetBytes(size), At, Ct);

            await store.RemoveAsync(Key, Ct);
            await store.RemoveAsync(Key, Ct);

            Assert.Null(await store.FindAsync(Key, Ct));
        }

        var table = fixture.Database.TableName(DocumentTables.Documents);
        var rows = (await fixture.Database.Client.ScanAsync(new ScanRequest(table), Ct)).Items;
        Assert.All(rows, row => Assert.StartsWith("other#", row["part_key"].S, StringComparison.Ordinal));
        Assert.NotNull(await store.FindAsync(other, Ct));
    }

    [Theory, EveryEngine]
    public async Task Find_WhatWasAlteredOrMovedInTheTable_IsAFault(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, DocumentTables.All);
        var store = new DynamoDocumentStore(fixture.Database, _protector, partSize: 200);
        await store.KeepAsync(Key, RandomNumberGenerator.GetBytes(1_000), At, Ct);
        var other = new DocumentKey("OTHER", "pdf");
        await store.KeepAsync(other, "The statement of somebody else"u8.ToArray(), At, Ct);
        var table = fixture.Database.TableName(DocumentTables.Documents);
        var rows = (await fixture.Database.Client.ScanAsync(new ScanRequest(table), Ct)).Items;

        // Nothing of it can be read in the table.
        Assert.DoesNotContain(rows, row => row.TryGetValue("content", out var content)
            && System.Text.Encoding.Latin1.GetString(content.B.ToArray()).Contains("somebody", StringComparison.Ordinal));

        // A row under another document's key.
        var moved = new Dictionary<string, AttributeValue>(rows.Single(row => row["document_id"].S == "OTHER"), StringComparer.Ordinal)
        {
            ["document_id"] = Attr.S("THIRD"),
        };
        await fixture.Database.Client.PutItemAsync(table, moved, Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync(new DocumentKey("THIRD", "pdf"), Ct));

        // A part that is gone.
        var part = rows.First(row => row["document_id"].S == Key.Id && !row.ContainsKey("hash"));
        await fixture.Database.Client.DeleteItemAsync(
            table, new() { ["document_id"] = part["document_id"], ["part_key"] = part["part_key"] }, Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync(Key, Ct));
    }
}
