using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.Users;

/// <summary>Passkeys in the store of users.</summary>
[EngineTest]
public sealed class PasskeyStoreTests
{
    [Theory, EveryEngine]
    public async Task AddOrUpdatePasskeyAsync_New_IsFoundByItsIdWithAllItsParts(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var stamp = user.SecurityStamp;
        var passkey = Passkey(7, bank.Time.GetUtcNow(), count: 41);
        passkey.Name = "Ann's phone";

        Assert.True((await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), passkey)).Succeeded);

        var stored = await bank.Users().FindByPasskeyIdAsync(passkey.CredentialId);
        Assert.Equal(user.Id, stored?.Id);
        Assert.True(stored!.HasPasskeys);
        Assert.True(stored.HasSecondFactor);
        Assert.NotEqual(stamp, stored.SecurityStamp);
        var found = await bank.Users().GetPasskeyAsync(stored, passkey.CredentialId);
        Assert.NotNull(found);
        Assert.Equal(passkey.PublicKey, found.PublicKey);
        Assert.Equal(passkey.CredentialId, found.CredentialId);
        Assert.Equal(41u, found.SignCount);
        Assert.Equal(["internal", "hybrid"], found.Transports!);
        Assert.True(found is { IsUserVerified: true, IsBackupEligible: true, IsBackedUp: false, Name: "Ann's phone" });
        Assert.Equal(bank.Time.GetUtcNow(), found.CreatedAt);

        // Nothing of it can be read in a copy of the table.
        Assert.DoesNotContain(
            await bank.ScanAsync(IdentityTables.Users),
            row => row.Values.Any(value => value.S?.Contains("phone", StringComparison.Ordinal) == true));
    }

    [Theory, EveryEngine]
    public async Task FindByPasskeyIdAsync_AnyId_TakesTwoReadsByKey(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var passkey = Passkey(1, bank.Time.GetUtcNow());
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), passkey);
        var users = bank.Users();

        using var requests = bank.CountRequests();
        Assert.NotNull(await users.FindByPasskeyIdAsync(passkey.CredentialId));
        Assert.Equal(2, requests["GetItem"]);
        Assert.Equal(2, requests.Total);

        Assert.Null(await users.FindByPasskeyIdAsync([9, 9, 9]));
        Assert.Equal(3, requests.Total);
    }

    [Theory, EveryEngine]
    public async Task AddOrUpdatePasskeyAsync_TwoUsersRaceForOneId_ExactlyOneHasIt(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => bank.AddUserAsync($"user{i}@example.org")));

        var results = await Task.WhenAll(people.Select(async person =>
            await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(person), Passkey(5, bank.Time.GetUtcNow()))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(
            results.Where(result => !result.Succeeded),
            result => Assert.Equal("LoginAlreadyAssociated", Assert.Single(result.Errors).Code));
        Assert.Equal(1, await bank.CountRowsAsync("passkey#"));
        var owners = new List<string>();
        foreach (var person in people)
        {
            if ((await bank.ReloadAsync(person)).HasPasskeys)
            {
                owners.Add(person.Id);
            }
        }

        Assert.Equal((await bank.Users().FindByPasskeyIdAsync(IdOf(5)))?.Id, Assert.Single(owners));
    }

    [Theory, EveryEngine]
    public async Task TryUsePasskeyAsync_Counter_OnlyGoesForwardAndIsTakenOnce(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(1, bank.Time.GetUtcNow(), count: 10));
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(2, bank.Time.GetUtcNow(), count: 0));
        user = await bank.ReloadAsync(user);
        bank.Time.Advance(TimeSpan.FromHours(2));

        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => UseAsync(bank, user, 1, 11)));
        Assert.Single(uses, use => use is PasskeyUse.Used);
        Assert.All(uses.Where(use => use is not PasskeyUse.Used), use => Assert.Equal(PasskeyUse.CounterWentBack, use));
        Assert.Equal(PasskeyUse.CounterWentBack, await UseAsync(bank, user, 1, 10));
        Assert.Equal(PasskeyUse.CounterWentBack, await UseAsync(bank, user, 1, 0));
        Assert.Equal(PasskeyUse.Used, await UseAsync(bank, user, 1, 12));

        // A device that does not count.
        Assert.Equal(PasskeyUse.Used, await UseAsync(bank, user, 2, 0));
        Assert.Equal(PasskeyUse.Used, await UseAsync(bank, user, 2, 0));

        Assert.Equal(PasskeyUse.Gone, await UseAsync(bank, user, 3, 1));
        var used = await bank.Get<BankUserManager>().ListPasskeysAsync(await bank.ReloadAsync(user));
        Assert.All(used, passkey => Assert.Equal(bank.Time.GetUtcNow(), passkey.LastUsedAt));
        Assert.Equal([12u, 0u], used.Select(passkey => passkey.Info.SignCount).OrderDescending());
        Assert.All(used, passkey => Assert.True(passkey.Info.IsBackedUp));
    }

    [Theory, EveryEngine]
    public async Task AddOrUpdatePasskeyAsync_Known_ChangesTheNameAndNothingElse(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(1, bank.Time.GetUtcNow(), count: 10));
        user = await bank.ReloadAsync(user);

        var renamed = Passkey(1, bank.Time.GetUtcNow(), count: 3);
        renamed.Name = "Key ring";
        Assert.True((await bank.Users().AddOrUpdatePasskeyAsync(user, renamed)).Succeeded);

        var stored = await bank.ReloadAsync(user);
        Assert.Equal(user.ConcurrencyStamp, stored.ConcurrencyStamp);
        Assert.Equal(user.SecurityStamp, stored.SecurityStamp);
        var passkey = Assert.Single(await bank.Users().GetPasskeysAsync(stored));
        Assert.Equal("Key ring", passkey.Name);
        Assert.Equal(10u, passkey.SignCount);
    }

    [Theory, EveryEngine]
    public async Task RemovePasskeyAsync_OneOfTwo_IsGoneAndTheLastFactorStays(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(1, bank.Time.GetUtcNow()));
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(2, bank.Time.GetUtcNow()));
        var stamp = (await bank.ReloadAsync(user)).SecurityStamp;

        Assert.True((await bank.Users().RemovePasskeyAsync(await bank.ReloadAsync(user), IdOf(1))).Succeeded);

        Assert.Null(await bank.Users().FindByPasskeyIdAsync(IdOf(1)));
        Assert.Equal(1, await bank.CountRowsAsync("passkey#"));
        Assert.NotEqual(stamp, (await bank.ReloadAsync(user)).SecurityStamp);
        Assert.Equal("UnknownPasskey", Code(await bank.Users().RemovePasskeyAsync(await bank.ReloadAsync(user), IdOf(1))));
        Assert.Equal("LastSecondFactor", Code(await bank.Users().RemovePasskeyAsync(await bank.ReloadAsync(user), IdOf(2))));
        Assert.NotNull(await bank.Users().FindByPasskeyIdAsync(IdOf(2)));

        await bank.EnableTotpAsync(user);
        Assert.True((await bank.Users().RemovePasskeyAsync(await bank.ReloadAsync(user), IdOf(2))).Succeeded);
        Assert.Equal(0, await bank.CountRowsAsync("passkey#"));
        Assert.False((await bank.ReloadAsync(user)).HasPasskeys);

        // The id is free again.
        var again = await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(1, bank.Time.GetUtcNow()));
        Assert.True(again.Succeeded);
    }

    [Theory, EveryEngine]
    public async Task AddOrUpdatePasskeyAsync_BeyondTheMost_IsRefused(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        for (byte i = 1; i <= PasskeyRule.MostPasskeys; i++)
        {
            var added = await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(i, bank.Time.GetUtcNow()));
            Assert.True(added.Succeeded);
        }

        Assert.Equal(
            "TooManyPasskeys",
            Code(await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(99, bank.Time.GetUtcNow()))));
        Assert.Equal(PasskeyRule.MostPasskeys, await bank.CountRowsAsync("passkey#"));

        using var requests = bank.CountRequests();
        Assert.Equal(PasskeyRule.MostPasskeys, (await bank.Get<BankUserManager>().ListPasskeysAsync(await bank.ReloadAsync(user))).Count);
        Assert.Equal(2, requests.Total);

        // All their rows go with the user.
        Assert.True((await bank.Users().DeleteAsync(await bank.ReloadAsync(user))).Succeeded);
        Assert.Equal(0, await bank.CountRowsAsync("passkey#"));
        Assert.Null(await bank.Users().FindByPasskeyIdAsync(IdOf(1)));
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_FromBeforeAPasskeyWasAdded_IsRefusedAndThePasskeyStays(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var old = await bank.ReloadAsync(user);
        await bank.Users().AddOrUpdatePasskeyAsync(await bank.ReloadAsync(user), Passkey(1, bank.Time.GetUtcNow()));

        old.FullName = "Ann Other";
        Assert.Equal("ConcurrencyFailure", Code(await bank.Users().UpdateAsync(old)));

        Assert.True((await bank.ReloadAsync(user)).HasPasskeys);
    }

    private static string Code(IdentityResult result) => Assert.Single(result.Errors).Code;

    private static byte[] IdOf(byte number) => [.. Enumerable.Repeat(number, 32)];

    private static UserPasskeyInfo Passkey(byte number, DateTimeOffset at, uint count = 0) => new(
        IdOf(number),
        publicKey: [1, 2, 3, number],
        createdAt: at,
        signCount: count,
        transports: ["internal", "hybrid"],
        isUserVerified: true,
        isBackupEligible: true,
        isBackedUp: false,
        attestationObject: [1],
        clientDataJson: [2]);

    private static Task<PasskeyUse> UseAsync(IdentityBank bank, BankUser user, byte number, uint count)
    {
        var asserted = Passkey(number, bank.Time.GetUtcNow(), count);
        asserted.IsBackedUp = true;
        return bank.Get<DynamoUserStore>().TryUsePasskeyAsync(user, asserted, TestContext.Current.CancellationToken);
    }
}
