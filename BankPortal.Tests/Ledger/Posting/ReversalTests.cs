using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Ledger.Posting;

/// <summary>Posted transfers taken back by staff, on real engines.</summary>
[EngineTest]
public sealed class ReversalTests
{
    private static readonly Actor Analyst = new("analyst", [BankRoles.Analyst]);

    [Theory, EveryEngine]
    public async Task Reverse_PostedTransfer_MovesTheMoneyBackAndLinksBoth(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 5));
        var original = await world.MustAsync(
            world.Order(alice, bob, 30) with
            {
                Description = "Rent",
                CreditName = "Bob",
                DebitName = "Alice",
            }
        );
        var before = await RawAsync(world, original.Id);

        var reversal = (await world.Ledger.ReverseAsync(Analyst, original.Id, "  Fräud\treported ")).Value;

        Assert.Equal(
            (TransferKind.Reversal, TransferStatus.Posted, original.Id, 0L),
            (reversal.Kind, reversal.Status, reversal.ReversesId, reversal.Overdrawn)
        );
        Assert.Equal(
            (bob.Id, alice.Id, "analyst", "Fräud reported"),
            (reversal.DebitAccountId, reversal.CreditAccountId, reversal.InitiatorId, reversal.Reason)
        );
        Assert.Equal(reversal, await world.Store.FindTransferAsync(reversal.Id));
        Assert.Equal(original with { ReversedById = reversal.Id }, await world.Store.FindTransferAsync(original.Id));
        var (a, b) = (await world.ReadAsync(alice), await world.ReadAsync(bob));
        Assert.Equal((LedgerWorld.Usd(100), LedgerWorld.Usd(5)), (a.Balance, b.Balance));
        var (back, taken) = ((await world.EntriesAsync(alice))[^1], (await world.EntriesAsync(bob))[^1]);
        Assert.Equal(("Bob " + bob.Number.Masked, "Alice " + alice.Number.Masked), (back.Counterparty, taken.Counterparty));
        Assert.All([back, taken], entry =>
            Assert.Equal((TransferKind.Reversal, $"Reversal of {original.Reference}"), (entry.Kind, entry.Description))
        );

        // What is posted stays byte for byte; the reason is nowhere in plain text.
        var after = await RawAsync(world, original.Id);
        Assert.Equal(before.Keys.Append("reversed_by_id").Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, field => Assert.Equal((field.Value.S, field.Value.N), (after[field.Key].S, after[field.Key].N)));
        Assert.DoesNotContain((await RawAsync(world, reversal.Id)).Values, value =>
            value.S?.Contains("reported", StringComparison.Ordinal) == true
        );
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Reverse_ByManyAtOnceOnManyNodes_HasOneEffect(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 500));
        var original = await world.MustAsync(world.Order(alice, bob, 30));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            world.NewService().ReverseAsync(new Actor($"analyst{i / 2}", [BankRoles.Analyst]), original.Id, "fraud"))));

        // Both asks of the one who was first are answered with the reversal.
        Assert.Equal(2, results.Count(r => r.IsSuccess));
        Assert.Single(results.Where(r => r.IsSuccess).Select(r => r.Value).Distinct());
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<AlreadyReversedError>(r.Error));
        Assert.Equal(
            (LedgerWorld.Usd(100), LedgerWorld.Usd(500)),
            ((await world.ReadAsync(alice)).Balance, (await world.ReadAsync(bob)).Balance)
        );
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Reverse_AnswerLost_IsFoundAgainAndNotRepeated(EngineKind kind)
    {
        var fault = new LoseAnswers("TransactWriteItems");
        await using var world = await LedgerWorld.CreateAsync(kind, null, fault);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var original = await world.MustAsync(world.Order(alice, bob, 30));
        fault.Remaining = 1;

        var result = await world.Ledger.ReverseAsync(Analyst, original.Id, "fraud");

        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(0, fault.Remaining);
        Assert.Equal(LedgerWorld.Usd(100), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Reverse_RacingWithAWithdrawalOfTheSameFunds_OneOfThemWins(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        for (var round = 0; round < 6; round++)
        {
            var (alice, bob) = (await world.OpenAsync($"alice{round}", 40), await world.OpenAsync($"bob{round}"));
            var original = await world.MustAsync(world.Order(alice, bob, 40));
            var reverse = Task.Run(() => world.NewService().ReverseAsync(Analyst, original.Id, "fraud"));
            var withdraw = Task.Run(() => world.NewService().ExecuteAsync(Withdrawal(world, bob, 40)));

            var (reversed, withdrawn) = (await reverse, await withdraw);

            Assert.NotEqual(reversed.IsSuccess, withdrawn.IsSuccess);
            Assert.True(
                reversed.IsSuccess ? withdrawn.Error is InsufficientFundsError : reversed.Error is ReversalNotCoveredError,
                $"{reversed.Error} {withdrawn.Error}"
            );
            Assert.True((await world.ReadAsync(bob)).Balance.IsZero);
        }

        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Reverse_OverdrawingRacingWithAWithdrawal_BothHaveTheirEffectAndTheRecordIsExact(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 40), await world.OpenAsync("bob", 10));
        var original = await world.MustAsync(world.Order(alice, bob, 40));
        var reverse = Task.Run(() => world.NewService().ReverseAsync(Analyst, original.Id, "fraud", mayOverdraw: true));
        var withdraw = Task.Run(() => world.NewService().ExecuteAsync(Withdrawal(world, bob, 45)));

        var (reversed, withdrawn) = (await reverse, await withdraw);

        Assert.True(reversed.IsSuccess, reversed.Error?.ToString());
        Assert.Equal(
            withdrawn.IsSuccess ? (-3500, 3500L) : (1000, 0L),
            ((await world.ReadAsync(bob)).Balance.MinorUnits, reversed.Value.Overdrawn)
        );
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Verify_LinksTamperedWith_AreFound(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var original = await world.MustAsync(world.Order(alice, bob, 30));
        var other = await world.MustAsync(world.Order(alice, bob, 1));
        await world.MustAsync(Withdrawal(world, bob, 20));
        var reversal = (await world.Ledger.ReverseAsync(Analyst, original.Id, "fraud", mayOverdraw: true)).Value;
        Assert.Equal(1900, reversal.Overdrawn);
        Assert.Equal(LedgerWorld.Usd(-19), (await world.ReadAsync(bob)).Balance);
        await world.AssertCleanAsync();

        await SetAsync(world, reversal.Id, "overdrawn", Attr.N(1899L));
        await AssertFoundAsync(world, (3, bob.Id));
        await SetAsync(world, reversal.Id, "overdrawn", Attr.N(3001L));
        await AssertFoundAsync(world, (3, bob.Id), (3, reversal.Id));
        await SetAsync(world, reversal.Id, "overdrawn", Attr.N(1900L));

        await SetAsync(world, original.Id, "reversed_by_id", Attr.S(other.Id));
        await AssertFoundAsync(world, (7, original.Id), (7, reversal.Id));
        await SetAsync(world, original.Id, "reversed_by_id", Attr.S(reversal.Id));

        await SetAsync(world, reversal.Id, "reverses_id", Attr.S(other.Id));
        await AssertFoundAsync(world, (7, original.Id), (7, reversal.Id));
        await SetAsync(world, reversal.Id, "reverses_id", Attr.S(new string('0', 20)));
        await AssertFoundAsync(world, (7, original.Id), (7, reversal.Id));
        await SetAsync(world, reversal.Id, "reverses_id", Attr.S(original.Id));
        await world.AssertCleanAsync();
    }

    private static TransferOrder Withdrawal(LedgerWorld world, Account from, decimal amount) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = world.NextKey(),
        Kind = TransferKind.Withdrawal,
        DebitAccountId = from.Id,
        CreditAccountId = GeneralLedger.Cash(Currency.Usd),
        Amount = LedgerWorld.Usd(amount),
    };

    private static async Task AssertFoundAsync(LedgerWorld world, params (int Invariant, string Subject)[] expected) =>
        Assert.Equal(
            expected.ToHashSet(),
            (await world.Verifier.VerifyAsync()).Violations.Select(v => (v.Invariant, v.Subject)).ToHashSet()
        );

    private static async Task<Dictionary<string, AttributeValue>> RawAsync(LedgerWorld world, string transferId) =>
        (
            await world.Database.Client.GetItemAsync(
                new GetItemRequest
                {
                    TableName = world.Database.TableName(LedgerTables.Transfers),
                    Key = Key(transferId),
                    ConsistentRead = true,
                }
            )
        ).Item;

    private static Task SetAsync(LedgerWorld world, string transferId, string attribute, AttributeValue value) =>
        world.Database.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = world.Database.TableName(LedgerTables.Transfers),
            Key = Key(transferId),
            UpdateExpression = "SET #a = :v",
            ExpressionAttributeNames = new() { ["#a"] = attribute },
            ExpressionAttributeValues = new() { [":v"] = value },
        });

    private static Dictionary<string, AttributeValue> Key(string transferId) =>
        new(StringComparer.Ordinal) { ["transfer_id"] = Attr.S(transferId) };
}
