using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.Users;

/// <summary>What the framework expects of a store of users, and what the bank expects beyond it.</summary>
[EngineTest]
public sealed class UserStoreTests
{
    [Theory, EveryEngine]
    public async Task CreateAsync_NewUser_IsFoundByIdNameAndEmailInAnySpelling(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);

        var user = await bank.AddUserAsync("Ann.O'Neil+bank@Example.org");

        var users = bank.Users();
        var byId = await users.FindByIdAsync(user.Id);
        Assert.NotNull(byId);
        Assert.Equal("Ann.O'Neil+bank@Example.org", byId.Email);
        Assert.Equal(byId.Email, byId.UserName);
        Assert.Equal("Ann Example", byId.FullName);
        Assert.Equal("+442079460000", byId.PhoneNumber);
        Assert.Equal(bank.Time.GetUtcNow(), byId.CreatedAt);
        Assert.True(byId.LockoutEnabled);
        Assert.NotEmpty(byId.SecurityStamp);
        Assert.Equal(user.Id, (await users.FindByNameAsync("ann.o'neil+BANK@example.org"))?.Id);
        Assert.Equal(user.Id, (await users.FindByEmailAsync("ANN.O'Neil+bank@example.org"))?.Id);
        Assert.Null(await users.FindByEmailAsync("other@example.org"));
    }

    [Theory, EveryEngine]
    public async Task FindByIdAsync_KeyOfAnotherKindOfRow_FindsNothing(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        await bank.AddUserAsync(change: user => user.Roles.Add(BankRoles.Customer));

        foreach (var row in await bank.ScanAsync(IdentityTables.Users))
        {
            var found = await bank.Users().FindByIdAsync(row["user_id"].S);
            Assert.Equal(row["user_id"].S.Contains('#', StringComparison.Ordinal), found is null);
        }
    }

    [Theory, EveryEngine]
    public async Task FindByEmailAsync_AnyAddress_TakesTwoReadsAtMost(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        await bank.AddUserAsync();
        var users = bank.Users();

        using var requests = bank.CountRequests();
        Assert.NotNull(await users.FindByEmailAsync("ann@example.org"));

        Assert.Equal(2, requests.Total);
        Assert.Equal(2, requests["GetItem"]);
    }

    [Theory, EveryEngine]
    public async Task CreateAsync_SameEmailInParallel_ExactlyOneWinsAndNothingIsLeftOver(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);

        // Around the check-then-write of the framework's validator: straight to the store.
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => CreateRawAsync(bank, $"user{i}", "same@example.org")));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal("DuplicateEmail", Assert.Single(result.Errors).Code));
        Assert.Equal(1, await bank.CountRowsAsync("email#"));
        Assert.Equal(1, await bank.CountRowsAsync("login#"));
        Assert.Equal(3, (await bank.ScanAsync(IdentityTables.Users)).Count);
    }

    [Theory, EveryEngine]
    public async Task CreateAsync_SameUserNameInParallel_ExactlyOneWinsAndNothingIsLeftOver(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => CreateRawAsync(bank, "same", $"user{i}@example.org")));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result =>
            Assert.Equal("DuplicateUserName", Assert.Single(result.Errors).Code)
        );
        Assert.Equal(3, (await bank.ScanAsync(IdentityTables.Users)).Count);
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_NewNameAndEmail_MoveTheUniquenessRowsAndFreeTheOldOnes(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var users = bank.Users();

        Assert.True((await users.SetEmailAsync((await users.FindByIdAsync(user.Id))!, "new@example.org")).Succeeded);

        Assert.Null(await users.FindByEmailAsync("ann@example.org"));
        Assert.Null(await users.FindByNameAsync("ann@example.org"));
        Assert.Equal(user.Id, (await users.FindByEmailAsync("new@example.org"))?.Id);
        Assert.Equal(user.Id, (await users.FindByNameAsync("new@example.org"))?.Id);
        Assert.Equal(3, (await bank.ScanAsync(IdentityTables.Users)).Count);
        await bank.AddUserAsync("ann@example.org");
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_EmailOfSomebodyElse_IsRefusedAndChangesNothing(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var ann = await bank.AddUserAsync();
        var bob = await bank.AddUserAsync("bob@example.org");
        var store = bank.Get<DynamoUserStore>();
        var changed = await bank.ReloadAsync(bob);
        changed.Email = "ann@example.org";
        changed.NormalizedEmail = "ANN@EXAMPLE.ORG";

        var result = await store.UpdateAsync(changed, CancellationToken.None);

        Assert.Equal("DuplicateEmail", Assert.Single(result.Errors).Code);
        Assert.Equal(ann.Id, (await bank.Users().FindByEmailAsync("ann@example.org"))?.Id);
        Assert.Equal(bob.Id, (await bank.Users().FindByEmailAsync("bob@example.org"))?.Id);
        Assert.Equal("bob@example.org", (await bank.ReloadAsync(bob)).Email);
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_ParallelChanges_OneSucceedsAndTheOthersAreRefused(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bank.ReloadAsync(user)));

        var results = await Task.WhenAll(copies.Select((copy, i) =>
        {
            copy.FullName = $"Name {i}";

            // Half of them take the way through a transaction, which moves rows.
            if (i % 2 == 1)
            {
                copy.UserName = $"name{i}";
                copy.NormalizedUserName = $"NAME{i}";
            }

            return bank.Get<DynamoUserStore>().UpdateAsync(copy, CancellationToken.None);
        }));

        var winner = Array.FindIndex(results, result => result.Succeeded);
        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result =>
            Assert.Equal("ConcurrencyFailure", Assert.Single(result.Errors).Code)
        );
        Assert.Equal($"Name {winner}", (await bank.ReloadAsync(user)).FullName);
        Assert.Equal(3, (await bank.ScanAsync(IdentityTables.Users)).Count);
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_AfterAFailure_SucceedsOnAFreshCopyAndChangesTheStamp(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var first = await bank.ReloadAsync(user);
        var stale = await bank.ReloadAsync(user);
        Assert.True((await bank.Users().UpdateAsync(first)).Succeeded);

        Assert.False((await bank.Users().UpdateAsync(stale)).Succeeded);
        Assert.False((await bank.Users().UpdateAsync(stale)).Succeeded);

        var fresh = await bank.ReloadAsync(user);
        var before = fresh.ConcurrencyStamp;
        Assert.True((await bank.Users().UpdateAsync(fresh)).Succeeded);
        Assert.NotEqual(before, (await bank.ReloadAsync(user)).ConcurrencyStamp);
        Assert.Equal(fresh.ConcurrencyStamp, (await bank.ReloadAsync(user)).ConcurrencyStamp);
    }

    [Theory, EveryEngine]
    public async Task DeleteAsync_User_LeavesNothingBehind(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(change: created =>
        {
            created.Roles.Add(BankRoles.Customer);
            created.Logins.Add(new UserLoginInfo("idp", "42", "Provider"));
        });

        Assert.True((await bank.Users().DeleteAsync(await bank.ReloadAsync(user))).Succeeded);

        Assert.Empty(await bank.ScanAsync(IdentityTables.Users));
    }

    [Theory, EveryEngine]
    public async Task SecurityChangedAt_SettingUp_IsNoChangeAndALaterOneIs(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(password: IdentityBank.Password);
        Must(await bank.Users().SetTwoFactorEnabledAsync(await bank.ReloadAsync(user), true));

        Assert.Null((await bank.ReloadAsync(user)).SecurityChangedAt);

        bank.Time.Advance(TimeSpan.FromHours(2));
        Must(await bank.Users().ResetAuthenticatorKeyAsync(await bank.ReloadAsync(user)));

        Assert.Equal(bank.Time.GetUtcNow(), (await bank.ReloadAsync(user)).SecurityChangedAt);

        static void Must(IdentityResult result) =>
            Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(error => error.Description)));
    }

    [Theory, EveryEngine]
    public async Task PasswordsAndSecondFactor_Changed_ChangeTheSecurityStamp(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(password: IdentityBank.Password);
        var users = bank.Users();
        var stamps = new HashSet<string> { (await bank.ReloadAsync(user)).SecurityStamp };

        var fresh = await bank.ReloadAsync(user);
        Assert.True((await users.ChangePasswordAsync(fresh, IdentityBank.Password, "Another9horse-map")).Succeeded);
        stamps.Add((await bank.ReloadAsync(user)).SecurityStamp);
        await bank.EnableTotpAsync(user);
        stamps.Add((await bank.ReloadAsync(user)).SecurityStamp);
        fresh = await bank.ReloadAsync(user);
        Assert.True(
            (
                await users.ChangeEmailAsync(fresh, "x@example.org", await users.GenerateChangeEmailTokenAsync(fresh, "x@example.org"))
            ).Succeeded
        );
        stamps.Add((await bank.ReloadAsync(user)).SecurityStamp);

        Assert.Equal(4, stamps.Count);
    }

    [Theory, EveryEngine]
    public async Task ClaimsLoginsAndTokens_SetAndRemoved_RoundTrip(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var other = await bank.AddUserAsync("bob@example.org");
        var users = bank.Users();
        var fresh = await bank.ReloadAsync(user);

        Assert.True((await users.AddClaimsAsync(fresh, [new Claim("branch", "north"), new Claim("level", "1")])).Succeeded);
        Assert.True((await users.ReplaceClaimAsync(fresh, new Claim("level", "1"), new Claim("level", "2"))).Succeeded);
        Assert.True((await users.AddLoginAsync(fresh, new UserLoginInfo("idp", "42", "Provider"))).Succeeded);
        Assert.True((await users.SetAuthenticationTokenAsync(fresh, "idp", "refresh", "t1")).Succeeded);
        Assert.True((await users.SetAuthenticationTokenAsync(fresh, "idp", "refresh", "t2")).Succeeded);

        fresh = await bank.ReloadAsync(user);
        Assert.Equal(
            ["branch=north", "level=2"],
            (await users.GetClaimsAsync(fresh)).Select(claim => $"{claim.Type}={claim.Value}").Order()
        );
        Assert.Equal(user.Id, Assert.Single(await users.GetUsersForClaimAsync(new Claim("level", "2"))).Id);
        Assert.Equal(user.Id, (await users.FindByLoginAsync("idp", "42"))?.Id);
        Assert.Equal("Provider", Assert.Single(await users.GetLoginsAsync(fresh)).ProviderDisplayName);
        Assert.Equal("t2", await users.GetAuthenticationTokenAsync(fresh, "idp", "refresh"));
        Assert.False((await users.AddLoginAsync(await bank.ReloadAsync(other), new UserLoginInfo("idp", "42", "Provider"))).Succeeded);

        Assert.True((await users.RemoveClaimAsync(fresh, new Claim("branch", "north"))).Succeeded);
        Assert.True((await users.RemoveLoginAsync(fresh, "idp", "42")).Succeeded);
        Assert.True((await users.RemoveAuthenticationTokenAsync(fresh, "idp", "refresh")).Succeeded);

        fresh = await bank.ReloadAsync(user);
        Assert.Equal("level", Assert.Single(await users.GetClaimsAsync(fresh)).Type);
        Assert.Null(await users.FindByLoginAsync("idp", "42"));
        Assert.Null(await users.GetAuthenticationTokenAsync(fresh, "idp", "refresh"));
        Assert.Equal(0, await bank.CountRowsAsync("external#"));
    }

    [Theory, EveryEngine]
    public async Task AddLogin_SameLoginInParallel_ExactlyOneWins(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var everybody = new List<BankUser>();
        for (var i = 0; i < 6; i++)
        {
            everybody.Add(await bank.AddUserAsync($"user{i}@example.org"));
        }

        var results = await Task.WhenAll(everybody.Select(async user =>
        {
            var copy = await bank.ReloadAsync(user);
            copy.Logins.Add(new UserLoginInfo("idp", "42", null));
            return await bank.Get<DynamoUserStore>().UpdateAsync(copy, CancellationToken.None);
        }));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result =>
            Assert.Equal("LoginAlreadyAssociated", Assert.Single(result.Errors).Code)
        );
        Assert.Equal(1, await bank.CountRowsAsync("external#"));
    }

    [Theory, EveryEngine]
    public async Task Roles_GivenAndTaken_AreListedByUserAndByRole(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var ann = await bank.AddUserAsync();
        var bob = await bank.AddUserAsync("bob@example.org");
        var users = bank.Users();

        Assert.True((await users.AddToRolesAsync(await bank.ReloadAsync(ann), [BankRoles.Customer, BankRoles.Analyst])).Succeeded);
        Assert.True((await users.AddToRoleAsync(await bank.ReloadAsync(bob), BankRoles.Customer)).Succeeded);

        Assert.Equal([BankRoles.Analyst, BankRoles.Customer], await users.GetRolesAsync(await bank.ReloadAsync(ann)));
        Assert.True(await users.IsInRoleAsync(await bank.ReloadAsync(ann), "Analyst"));
        Assert.Equal(ann.Id, Assert.Single(await users.GetUsersInRoleAsync(BankRoles.Analyst)).Id);
        Assert.Equal(2, (await users.GetUsersInRoleAsync(BankRoles.Customer)).Count);

        Assert.True((await users.RemoveFromRoleAsync(await bank.ReloadAsync(ann), BankRoles.Analyst)).Succeeded);
        Assert.Empty(await users.GetUsersInRoleAsync(BankRoles.Analyst));
        Assert.Equal([BankRoles.Customer], await users.GetRolesAsync(await bank.ReloadAsync(ann)));
        Assert.Equal(2, await bank.CountRowsAsync("member#"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await users.AddToRoleAsync(await bank.ReloadAsync(ann), "emperor"));
    }

    [Theory, EveryEngine]
    public async Task Roles_Changed_ChangeTheSecurityStampAndEndTheSessions(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var ann = await bank.AddUserAsync(change: user => user.Roles.Add(BankRoles.Customer));
        Func<UserManager<BankUser>, BankUser, Task<IdentityResult>>[] changes =
        [
            (users, user) => users.AddToRoleAsync(user, BankRoles.Analyst),
            (users, user) => users.AddToRolesAsync(user, [BankRoles.Admin, BankRoles.Manager]),
            (users, user) => users.RemoveFromRoleAsync(user, BankRoles.Analyst),
            (users, user) => users.RemoveFromRolesAsync(user, [BankRoles.Admin, BankRoles.Manager]),
            (users, user) =>
            {
                user.Roles.Add(BankRoles.Compliance);
                return users.UpdateAsync(user);
            },
        ];
        foreach (var change in changes)
        {
            var before = await bank.ReloadAsync(ann);
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, ann.Id)], "test");
            await bank.Get<Microsoft.AspNetCore.Authentication.Cookies.ITicketStore>().StoreAsync(
                new Microsoft.AspNetCore.Authentication.AuthenticationTicket(new ClaimsPrincipal(identity), "test"));

            Assert.True((await change(bank.Users(), await bank.ReloadAsync(ann))).Succeeded);

            var after = await bank.ReloadAsync(ann);
            Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
            var owner = Assert.Single(await bank.Get<ISessionWatchStore>().FindOwnersAsync([ann.Id, "nobody"])).Value;
            Assert.Equal(after.SecurityStamp, owner.SecurityStamp);
            Assert.True(owner.Roles.SetEquals(after.Roles));
            Assert.True(after.Roles.Contains(BankRoles.Compliance) || (await bank.Sessions.ListAsync(ann.Id)).Count == 0);
        }

        var stamp = (await bank.ReloadAsync(ann)).SecurityStamp;
        var same = await bank.ReloadAsync(ann);
        same.FullName = "Ann Other";
        Assert.True((await bank.Users().UpdateAsync(same)).Succeeded);
        Assert.Equal(stamp, (await bank.ReloadAsync(ann)).SecurityStamp);
    }

    [Theory, EveryEngine]
    public async Task StaffDirectory_Members_AreReadWithTheirRoles(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var fay = await bank.AddUserAsync(change: user => user.Roles.Add(BankRoles.Analyst));
        await bank.AddUserAsync("bob@example.org", change: user => user.Roles.Add(BankRoles.Customer));

        var member = Assert.Single(await bank.Get<IStaffDirectory>().ListAsync(BankRoles.Staff));

        Assert.Equal((fay.Id, "Ann Example"), (member.UserId, member.Name));
        Assert.Equal([BankRoles.Analyst], member.Roles);
    }

    [Theory, EveryEngine]
    public async Task RoleStore_RolesOfTheBank_AreAlwaysThereAndStay(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var roles = bank.Get<RoleManager<BankRole>>();

        foreach (var name in BankRoles.All)
        {
            Assert.True(await roles.RoleExistsAsync(name));
        }

        var admin = (await roles.FindByNameAsync("Admin"))!;
        Assert.True((await roles.AddClaimAsync(admin, new Claim("may", "everything"))).Succeeded);
        Assert.Equal("everything", Assert.Single(await roles.GetClaimsAsync((await roles.FindByIdAsync("admin"))!)).Value);
        Assert.False((await roles.DeleteAsync(admin)).Succeeded);
        Assert.False((await roles.SetRoleNameAsync(admin, "boss")).Succeeded && await roles.RoleExistsAsync("boss"));
        Assert.False((await roles.CreateAsync(new BankRole { Name = "Admin" })).Succeeded);
        Assert.True((await roles.CreateAsync(new BankRole { Name = "Auditor" })).Succeeded);
        Assert.True(await roles.RoleExistsAsync("auditor"));
        Assert.True((await roles.DeleteAsync((await roles.FindByNameAsync("auditor"))!)).Succeeded);
        Assert.False(await roles.RoleExistsAsync("auditor"));
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_FromACopyReadBefore_UndoesNoFailedAttempts(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var old = await bank.ReloadAsync(user);
        await bank.Users().AccessFailedAsync(await bank.ReloadAsync(user));
        await bank.Users().AccessFailedAsync(await bank.ReloadAsync(user));

        old.FullName = "Ann Changed";
        Assert.True((await bank.Users().UpdateAsync(old)).Succeeded);

        Assert.Equal(2, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task AccessFailedAsync_Parallel_CountsAllAndLocksAtTheFifth(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bank.ReloadAsync(user)));

        await Task.WhenAll(copies.Select(copy => bank.Users().AccessFailedAsync(copy)));
        var counted = await bank.ReloadAsync(user);
        Assert.Equal(4, counted.AccessFailedCount);
        Assert.False(await bank.Users().IsLockedOutAsync(counted));

        await bank.Users().AccessFailedAsync(copies[0]);
        var locked = await bank.ReloadAsync(user);
        Assert.True(await bank.Users().IsLockedOutAsync(locked));
        Assert.Equal(bank.Time.GetUtcNow().AddMinutes(30), locked.LockoutEnd);
    }

    [Theory, EveryEngine]
    public async Task SetLockoutEndDateAsync_ByAnAdministrator_LocksAndUnlocks(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(password: IdentityBank.Password);
        var users = bank.Users();

        Assert.True((await users.SetLockoutEndDateAsync(await bank.ReloadAsync(user), DateTimeOffset.MaxValue)).Succeeded);
        Assert.False(await users.CheckPasswordAsync(await bank.ReloadAsync(user), IdentityBank.Password));

        Assert.True((await users.SetLockoutEndDateAsync(await bank.ReloadAsync(user), null)).Succeeded);
        Assert.True(await users.CheckPasswordAsync(await bank.ReloadAsync(user), IdentityBank.Password));
    }

    [Theory, EveryEngine]
    public async Task RedeemRecoveryCode_ManyAtOnce_OneSucceeds(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var users = bank.Users();
        var codes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(await bank.ReloadAsync(user), 10))!.ToList();
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", code));

        // Four at once, so that the losers do not lock the user.
        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bank.ReloadAsync(user)));
        var results = await Task.WhenAll(copies.Select(copy => bank.Users().RedeemTwoFactorRecoveryCodeAsync(copy, codes[0])));

        Assert.Single(results, result => result.Succeeded);
        Assert.Equal(9, await users.CountRecoveryCodesAsync(await bank.ReloadAsync(user)));
        await users.ResetAccessFailedCountAsync(await bank.ReloadAsync(user));
        var typed = codes[1].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        Assert.True((await users.RedeemTwoFactorRecoveryCodeAsync(await bank.ReloadAsync(user), typed)).Succeeded);
        Assert.False((await users.RedeemTwoFactorRecoveryCodeAsync(await bank.ReloadAsync(user), "")).Succeeded);

        await users.GenerateNewTwoFactorRecoveryCodesAsync(await bank.ReloadAsync(user), 10);
        Assert.Equal(10, await users.CountRecoveryCodesAsync(await bank.ReloadAsync(user)));
        Assert.False((await users.RedeemTwoFactorRecoveryCodeAsync(await bank.ReloadAsync(user), codes[2])).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task UpdateAsync_FromACopyReadBefore_BringsNoRecoveryCodeBack(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        var codes = (await bank.Users().GenerateNewTwoFactorRecoveryCodesAsync(await bank.ReloadAsync(user), 10))!.ToList();
        var old = await bank.ReloadAsync(user);
        Assert.True((await bank.Users().RedeemTwoFactorRecoveryCodeAsync(await bank.ReloadAsync(user), codes[0])).Succeeded);

        Assert.True((await bank.Users().UpdateAsync(old)).Succeeded);

        Assert.False((await bank.Users().RedeemTwoFactorRecoveryCodeAsync(await bank.ReloadAsync(user), codes[0])).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task OneTimeCode_ManyAtOnce_OneIsAccepted(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (_, secret, tryAsync) = await AuthenticatorAsync(bank);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tryAsync(bank.Code(secret))));

        Assert.Single(results, accepted => accepted);
    }

    [Theory, EveryEngine]
    public async Task OneTimeCode_ClockSetBack_IsAcceptedUnlessItWasUsed(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (_, secret, tryAsync) = await AuthenticatorAsync(bank);
        var early = bank.Code(secret);
        var earlyUnused = bank.Code(secret, 1);
        Assert.True(await tryAsync(early));
        bank.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await tryAsync(bank.Code(secret)));

        bank.Time.AdjustTime(bank.Time.GetUtcNow().AddHours(-1));

        Assert.False(await tryAsync(early));
        Assert.True(await tryAsync(earlyUnused));
        Assert.False(await tryAsync(earlyUnused));
        bank.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(await tryAsync(bank.Code(secret)));
    }

    [Theory, EveryEngine]
    public async Task OneTimeCode_AfterManyUses_RefusesEveryUsedStepForEver(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, tryAsync) = await AuthenticatorAsync(bank);
        var start = bank.Time.GetUtcNow();
        for (var i = 0; i < 40; i++)
        {
            Assert.True(await tryAsync(bank.Code(secret)));
            bank.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var row = (await bank.ScanAsync(IdentityTables.Users)).Single(item => item["user_id"].S == user.Id);
        Assert.InRange(row["totp_steps"].SS.Count, 16, 32);
        for (var i = 0; i < 40; i++)
        {
            bank.Time.AdjustTime(start.AddSeconds(30 * i));
            Assert.False(await tryAsync(bank.Code(secret)));
        }
    }

    [Theory, EveryEngine]
    public async Task OneTimeCode_LastStepStoredByAnEarlierVersion_StaysUsed(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, tryAsync) = await AuthenticatorAsync(bank);
        var step = OneTimeCode.StepAt(bank.Time.GetUtcNow());
        await bank.Services.GetRequiredService<UserRows>().UpdateAsync(
            user.Id,
            "SET last_totp_step = :step",
            "attribute_exists(user_id)",
            new(StringComparer.Ordinal) { [":step"] = Attr.N(step) },
            TestContext.Current.CancellationToken);

        Assert.False(await tryAsync(bank.Code(secret, -1)));
        Assert.False(await tryAsync(bank.Code(secret)));
        Assert.True(await tryAsync(bank.Code(secret, 1)));
    }

    [Theory, EveryEngine]
    public async Task GetSecurityStampAsync_UserWithoutOne_IsNull(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<DynamoUserStore>();

        Assert.Null(await store.GetSecurityStampAsync(new BankUser(), TestContext.Current.CancellationToken));
        var stored = await bank.AddUserAsync();
        Assert.Equal(stored.SecurityStamp, await store.GetSecurityStampAsync(stored, TestContext.Current.CancellationToken));
    }

    [Theory, EveryEngine]
    public async Task OneTimeCode_OutsideOneStep_IsRefusedAndUsedOnesToo(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, tryAsync) = await AuthenticatorAsync(bank);

        Assert.False(await tryAsync(bank.Code(secret, 2)));
        Assert.False(await tryAsync(bank.Code(secret, -2)));
        Assert.False(await tryAsync(""));
        Assert.False(await tryAsync("12345"));
        Assert.True(await tryAsync(bank.Code(secret, -1)));
        Assert.True(await tryAsync(bank.Code(secret).Insert(3, " ")));
        Assert.False(await tryAsync(bank.Code(secret, -1)));
        Assert.True(await tryAsync(bank.Code(secret, 1)));
        Assert.False(await tryAsync(bank.Code(secret)));

        // A new secret starts afresh.
        var renewed = await bank.EnableTotpAsync(user);
        var fresh = await bank.ReloadAsync(user);
        Assert.True(await bank.Get<OneTimeCodeProvider>().ValidateAsync("TwoFactor", bank.Code(renewed), bank.Users(), fresh));
    }

    [Theory, EveryEngine]
    public async Task StoredRows_WithEverythingSet_ShowNothingPersonalAndNoSecret(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync("zebulon@quagga.example", IdentityBank.Password, created =>
        {
            created.FullName = "Zebulon Quagga";
            created.PhoneNumber = "+31207654321";
            created.Roles.Add(BankRoles.Customer);
        });
        var users = bank.Users();
        await bank.EnableTotpAsync(user);
        var fresh = await bank.ReloadAsync(user);
        var codes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(fresh, 10))!.ToList();
        await users.AddClaimAsync(fresh, new Claim("passport", "P1234567"));
        await users.AddLoginAsync(fresh, new UserLoginInfo("idp", "external-4711", "Provider"));
        await users.SetAuthenticationTokenAsync(fresh, "idp", "refresh", "token-0815");
        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync("nobody-there@quagga.example", "Wrong7password")).IsNotAllowed is false);
        Assert.True((await browser.SignInAsync("zebulon@quagga.example", IdentityBank.Password)).RequiresTwoFactor);
        Assert.True((await browser.GiveCodeAsync(bank.Code(OneTimeCode.DecodeSecret(fresh.AuthenticatorKey!)!))).Succeeded);

        string[] secrets =
        [
            "zebulon", "quagga", "31207654321", IdentityBank.Password, fresh.AuthenticatorKey!, "P1234567", "external-4711", "token-0815",
            "nobody-there", "Firefox", "192.0.2.7", .. codes, .. codes.Select(RecoveryCode.Normalize),
        ];
        var rows = (await bank.ScanAsync(IdentityTables.Users)).Concat(await bank.ScanAsync(IdentityTables.Sessions)).ToList();
        Assert.True(rows.Count >= 7);
        var texts = rows.SelectMany(row => row.Values).SelectMany(StoredText.Of).ToList();
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory, EveryEngine]
    public async Task Directory_KnownAndUnknownIds_NamesTheKnownInOneRequest(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var ann = await bank.AddUserAsync();
        var bob = await bank.AddUserAsync("bob@example.org", change: user => user.FullName = "Bob Beispiel");
        var directory = bank.Get<ICustomerDirectory>();
        var anyRow = (await bank.ScanAsync(IdentityTables.Users)).First(row =>
            row["user_id"].S.StartsWith("email#", StringComparison.Ordinal)
        );

        using var requests = bank.CountRequests();
        var names = await directory.FindNamesAsync([ann.Id, bob.Id, bob.Id, "nobody", "", anyRow["user_id"].S]);

        Assert.Equal(1, requests.Total);
        Assert.Equal(2, names.Count);
        Assert.Equal("Ann Example", names[ann.Id]);
        Assert.Equal("Bob Beispiel", names[bob.Id]);
        Assert.Equal("Bob Beispiel", await directory.FindNameAsync(bob.Id));
        Assert.Null(await directory.FindNameAsync("nobody"));
    }

    /// <summary>A user with an authenticator, and what checks a code for them as they are stored when this is called.</summary>
    private static async Task<(BankUser User, byte[] Secret, Func<string, Task<bool>> TryAsync)> AuthenticatorAsync(IdentityBank bank)
    {
        var user = await bank.AddUserAsync();
        var secret = await bank.EnableTotpAsync(user);
        var provider = bank.Get<OneTimeCodeProvider>();
        var users = bank.Users();
        var fresh = await bank.ReloadAsync(user);
        return (user, secret, code => provider.ValidateAsync("TwoFactor", code, users, fresh));
    }

    private static async Task<IdentityResult> CreateRawAsync(IdentityBank bank, string userName, string email) =>
        await bank.Get<DynamoUserStore>().CreateAsync(
            new BankUser
            {
                UserName = userName,
                NormalizedUserName = userName.ToUpperInvariant(),
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
            },
            CancellationToken.None);
}
