namespace BankPortal.Tests.Identity.Users;

[EngineTest]
public sealed class RelatedPersonStoreTests
{
    [Theory, EveryEngine]
    public async Task Put_ARelation_IsReadFromBothSides(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<IRelatedPersonStore>();
        var at = bank.Time.GetUtcNow();
        Assert.Empty(await store.FindAsync("fay"));

        await store.PutAsync("fay", new RelatedPerson("ann", RelationKind.Employer, "fay", at));
        await store.PutAsync("fay", new RelatedPerson("ben", RelationKind.Household, "fay", at));
        await store.PutAsync("fay", new RelatedPerson("ann", RelationKind.OwnSignIn, "fay", at));

        Assert.Equal(
            [new("ann", RelationKind.OwnSignIn, "fay", at), new RelatedPerson("ben", RelationKind.Household, "fay", at)],
            await store.FindAsync("fay"));
        Assert.Equal([new RelatedPerson("fay", RelationKind.Household, "fay", at)], await store.FindAsync("ben"));
        var all = await store.FindManyAsync(["fay", "ben", "zoe"]);
        Assert.Equal(["ben", "fay"], all.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, all["fay"].Count);
    }

    [Theory, EveryEngine]
    public async Task Remove_ARelation_IsGoneForBothAndOthersStay(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<IRelatedPersonStore>();
        await store.PutAsync("fay", new RelatedPerson("ann", RelationKind.Household, "fay", bank.Time.GetUtcNow()));
        await store.PutAsync("fay", new RelatedPerson("ben", RelationKind.Household, "fay", bank.Time.GetUtcNow()));

        await store.RemoveAsync("ann", "fay");
        await store.RemoveAsync("fay", "nobody");

        Assert.Equal("ben", Assert.Single(await store.FindAsync("fay")).UserId);
        Assert.Empty(await store.FindAsync("ann"));
    }

    [Theory, EveryEngine]
    public async Task Find_ForACommand_IsOneRead(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var conflicts = bank.Get<ConflictsOfInterest>();
        await bank.Get<IRelatedPersonStore>()
            .PutAsync("fay", new RelatedPerson("ann", RelationKind.Household, "fay", bank.Time.GetUtcNow()));

        using var requests = bank.CountRequests();
        Assert.NotNull(await conflicts.FindAsync(new Actor("fay", [BankRoles.Analyst]), [new("ann", InvolvedAs.Owner)]));

        Assert.Equal(1, requests.Total);
        Assert.DoesNotContain(
            (await bank.ScanAsync(IdentityTables.Users)).SelectMany(row => row.Values), value => value.S?.Contains("Household") == true);
    }
}
