using BankPortal.Core.Administration.Users;
using BankPortal.Core.Common.Approvals;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Administration;

/// <summary>The administration of users, over a real engine and with the real user manager.</summary>
[EngineTest]
public sealed class UserDeskTests : IAsyncLifetime
{
    private const string Reason = "As agreed by telephone";

    private readonly AuthPortal _portal = new();
    private readonly SentLinks _links = new();
    private AsyncServiceScope _scope;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private UserDesk Desk => ActivatorUtilities.CreateInstance<UserDesk>(_scope.ServiceProvider, _links);

    public async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        _scope = _portal.Host.Services.CreateAsyncScope();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData(BankRoles.Customer)]
    [InlineData(BankRoles.Analyst)]
    [InlineData(BankRoles.Compliance)]
    [InlineData(BankRoles.Manager)]
    public async Task Everything_ByAnotherRole_IsRefusedAndChangesNothing(string role)
    {
        var user = await UserAsync(BankRoles.Analyst);
        var actor = StaffActors.Fresh("somebody", role);

        Assert.IsType<NotAllowedError>((await Desk.ListAsync(actor, null, null, Ct)).Error);
        Assert.IsType<NotAllowedError>((await Desk.SearchAsync(actor, user.Email!, Ct)).Error);
        Assert.IsType<NotAllowedError>((await Desk.FindAsync(actor, user.Id, Ct)).Error);
        Assert.IsType<NotAllowedError>((await Desk.PendingAsync(actor, Ct)).Error);
        await AssertRefusedAsync<NotAllowedError>(actor, user.Id);
        Assert.IsType<NotAllowedError>((await Desk.InviteAsync(actor, "new@example.org", "New", [BankRoles.Admin], Reason, Ct)).Error);
        var now = await _portal.LoadAsync(user.Email!);
        Assert.Equal(
            (user.SecurityStamp, user.PasswordHash, null, "analyst"), (now.SecurityStamp, now.PasswordHash, now.BlockedAt, Assert.Single(now.Roles)));
    }

    [Fact]
    public async Task Everything_ForOneself_IsRefused()
    {
        var user = await UserAsync(BankRoles.Admin);

        await AssertRefusedAsync<OwnUserError>(StaffActors.Fresh(user.Id, BankRoles.Admin), user.Id);
    }

    [Fact]
    public async Task Everything_WithoutARecentCode_IsRefused()
    {
        var user = await UserAsync(BankRoles.Analyst);

        await AssertRefusedAsync<SecondFactorStaleError>(new Actor("ada", [BankRoles.Admin]), user.Id);
    }

    [Fact]
    public async Task Search_ByAddressOrId_FindsThatPersonAlone()
    {
        var (ada, user) = (await AdminAsync(), await UserAsync(BankRoles.Customer));
        await UserAsync(BankRoles.Customer);

        Assert.Equal(user.Id, Assert.Single((await Desk.SearchAsync(ada, $"  {user.Email!.ToUpperInvariant()} ", Ct)).Value).Id);
        Assert.Equal(user.Id, Assert.Single((await Desk.SearchAsync(ada, user.Id, Ct)).Value).Id);
        Assert.Empty((await Desk.SearchAsync(ada, "nobody@example.org", Ct)).Value);
        Assert.Empty((await Desk.SearchAsync(ada, "member#admin#" + user.Id, Ct)).Value);
        Assert.Empty((await Desk.SearchAsync(ada, "", Ct)).Value);
    }

    [Fact]
    public async Task List_MoreThanAPage_HasEverybodyOnce()
    {
        var ada = await AdminAsync();
        for (var i = 0; i < UserDesk.PageSize + 3; i++)
        {
            await UserAsync(i % 2 == 0 ? BankRoles.Customer : BankRoles.Manager);
        }

        Assert.Equal(UserDesk.PageSize + 4, (await ReadAsync(null)).Distinct().Count());
        Assert.Equal((UserDesk.PageSize + 3) / 2, (await ReadAsync(BankRoles.Manager)).Distinct().Count());

        async Task<List<string>> ReadAsync(string? role)
        {
            var seen = new List<string>();
            for (string? after = null; ;)
            {
                var page = (await Desk.ListAsync(ada, role, after, Ct)).Value;
                seen.AddRange(page.Users.Select(user => user.Id));
                if ((after = page.Next) is null)
                {
                    return seen;
                }
            }
        }
    }

    [Fact]
    public async Task Unlock_LockedOut_EndsTheLockoutAndTheCount()
    {
        var (ada, user) = (await AdminAsync(), await UserAsync(BankRoles.Customer));
        await using (var scope = _portal.Host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
            var loaded = (await users.FindByIdAsync(user.Id))!;
            for (var i = 0; i < 5; i++)
            {
                Assert.False(await users.CheckPasswordAsync(loaded, "Wrong-Password-1"));
            }
        }

        Assert.NotNull((await Desk.SearchAsync(ada, user.Id, Ct)).Value[0].LockedUntil);
        var unlocked = (await Desk.UnlockAsync(ada, user.Id, Reason, Ct)).Value;

        Assert.Equal((null, 0), (unlocked.LockedUntil, unlocked.FailedAttempts));
    }

    [Fact]
    public async Task RequireNewPassword_AnyUser_TakesItAwayAndSendsALink()
    {
        var (ada, user) = (await AdminAsync(), await UserAsync(BankRoles.Customer));

        var changed = (await Desk.RequireNewPasswordAsync(ada, user.Id, Reason, Ct)).Value;

        Assert.False(changed.HasPassword);
        Assert.Equal([user.Email!], _links.Sent);
        Assert.NotEqual(user.SecurityStamp, (await _portal.LoadAsync(user.Email!)).SecurityStamp);
    }

    [Fact]
    public async Task SecondFactor_Reset_TakesTwoAdministrators()
    {
        var (ada, ben, user) = (await AdminAsync(), await AdminAsync(), await UserAsync(BankRoles.Analyst));
        Assert.IsType<NoSecondFactorError>((await Desk.AskSecondFactorAsync(ada, user.Id, Reason, Ct)).Error);
        await _portal.EnrolAsync(user.Id);

        var asked = (await Desk.AskSecondFactorAsync(ada, user.Id, Reason, Ct)).Value;
        Assert.IsType<AskedBeforeError>((await Desk.AskSecondFactorAsync(ben, user.Id, Reason, Ct)).Error);
        Assert.IsType<MakerDecidesError>((await Desk.DecideAsync(ada, user.Id, asked.Id, true, Reason, Ct)).Error);
        Assert.IsType<OwnUserError>(
            (await Desk.DecideAsync(StaffActors.Fresh(user.Id, BankRoles.Admin), user.Id, asked.Id, true, Reason, Ct)).Error);
        Assert.True((await _portal.LoadAsync(user.Email!)).TwoFactorEnabled);

        Assert.Equal(ApprovalState.Approved, (await Desk.DecideAsync(ben, user.Id, asked.Id, true, Reason, Ct)).Value.State);
        var now = await _portal.LoadAsync(user.Email!);
        Assert.False(now.TwoFactorEnabled);
        Assert.Null(now.AuthenticatorKey);
        Assert.IsType<ApprovalClosedError>((await Desk.DecideAsync(ben, user.Id, asked.Id, true, Reason, Ct)).Error);
    }

    [Fact]
    public async Task Roles_Rejected_StayAsTheyAre()
    {
        var (ada, ben, user) = (await AdminAsync(), await AdminAsync(), await UserAsync(BankRoles.Customer));

        var asked = (await Desk.AskRolesAsync(ada, user.Id, [BankRoles.Manager], Reason, Ct)).Value;
        Assert.Equal(ApprovalState.Rejected, (await Desk.DecideAsync(ben, user.Id, asked.Id, false, Reason, Ct)).Value.State);

        Assert.Equal([BankRoles.Customer], (await _portal.LoadAsync(user.Email!)).Roles);
        Assert.IsType<RolesUnchangedError>((await Desk.AskRolesAsync(ada, user.Id, [], Reason, Ct)).Error);
        Assert.IsType<InvalidInputError>((await Desk.AskRolesAsync(ada, user.Id, ["owner"], Reason, Ct)).Error);
    }

    [Fact]
    public async Task Roles_Approved_KeepTheCustomersRoleAndChangeTheStamp()
    {
        var (ada, ben, user) = (await AdminAsync(), await AdminAsync(), await UserAsync(BankRoles.Customer));

        var asked = (await Desk.AskRolesAsync(ada, user.Id, [BankRoles.Manager, BankRoles.Analyst], Reason, Ct)).Value;
        await Desk.DecideAsync(ben, user.Id, asked.Id, true, Reason, Ct);

        var now = await _portal.LoadAsync(user.Email!);
        Assert.Equal([BankRoles.Analyst, BankRoles.Customer, BankRoles.Manager], now.Roles);
        Assert.NotEqual(user.SecurityStamp, now.SecurityStamp);
    }

    [Fact]
    public async Task Roles_OnlyOneAdministrator_DecidesAloneOnceAndIsNeverTakenAway()
    {
        var (ada, user) = (await AdminAsync(), await UserAsync(BankRoles.Customer));

        var alone = (await Desk.AskRolesAsync(ada, user.Id, [BankRoles.Admin], Reason, Ct)).Value;
        Assert.Equal(ApprovalState.Approved, alone.State);
        Assert.Contains(BankRoles.Admin, (await _portal.LoadAsync(user.Email!)).Roles);
        var recorded = (await _scope.ServiceProvider.GetRequiredService<IAuditTrail>().ListAsync(AuditSubject.Customer(user.Id), 1, Ct))[0];
        Assert.Contains("decided alone", recorded.Detail, StringComparison.Ordinal);

        // From now on there are two.
        var second = StaffActors.Fresh(user.Id, BankRoles.Admin);
        var asked = (await Desk.AskRolesAsync(second, ada.UserId, [], Reason, Ct)).Value;
        Assert.Equal(ApprovalState.Pending, asked.State);
        Assert.IsType<OwnUserError>((await Desk.DecideAsync(ada, ada.UserId, asked.Id, true, Reason, Ct)).Error);
    }

    [Fact]
    public async Task LastAdministrator_IsNeitherBlockedNorTakenAway()
    {
        var last = await UserAsync(BankRoles.Admin);

        // An administrator whose role is being taken away at this moment.
        var leaving = StaffActors.Fresh("leaving", BankRoles.Admin);

        Assert.IsType<LastAdministratorError>((await Desk.BlockAsync(leaving, last.Id, Reason, Ct)).Error);
        Assert.IsType<LastAdministratorError>((await Desk.AskRolesAsync(leaving, last.Id, [BankRoles.Manager], Reason, Ct)).Error);
    }

    [Fact]
    public async Task Invite_Approved_GetsRolesAndALink()
    {
        var (ada, ben) = (await AdminAsync(), await AdminAsync());
        var email = AuthPortal.NewEmail("new");
        Assert.Equal("email", (await Desk.InviteAsync(ada, "no address", "New Colleague", [BankRoles.Manager], Reason, Ct)).Error?.Field);
        Assert.Equal("name", (await Desk.InviteAsync(ada, email, " ", [BankRoles.Manager], Reason, Ct)).Error?.Field);
        Assert.Equal("roles", (await Desk.InviteAsync(ada, email, "New Colleague", [], Reason, Ct)).Error?.Field);

        var asked = (await Desk.InviteAsync(ada, email, "New Colleague", [BankRoles.Manager], Reason, Ct)).Value;
        Assert.Empty(_links.Sent);
        Assert.Equal("email", (await Desk.InviteAsync(ada, email, "New Colleague", [BankRoles.Manager], Reason, Ct)).Error?.Field);
        var user = await _portal.LoadAsync(email);
        Assert.Empty(user.Roles);
        await Desk.DecideAsync(ben, user.Id, asked.Id, true, Reason, Ct);

        Assert.Equal([email], _links.Sent);
        Assert.Equal([BankRoles.Manager], (await _portal.LoadAsync(email)).Roles);
    }

    private async Task AssertRefusedAsync<T>(Actor actor, string userId)
        where T : Error
    {
        Assert.IsType<T>((await Desk.UnlockAsync(actor, userId, Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.BlockAsync(actor, userId, Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.UnblockAsync(actor, userId, Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.EndSessionsAsync(actor, userId, Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.RequireNewPasswordAsync(actor, userId, Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.AskSecondFactorAsync(actor, userId, Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.AskRolesAsync(actor, userId, [BankRoles.Admin], Reason, Ct)).Error);
        Assert.IsType<T>((await Desk.DecideAsync(actor, userId, "1", true, Reason, Ct)).Error);
    }

    private Task<BankUser> UserAsync(string role) => _portal.CreateUserAsync(AuthPortal.NewEmail(), role);

    private async Task<Actor> AdminAsync() => StaffActors.Fresh((await UserAsync(BankRoles.Admin)).Id, BankRoles.Admin);

    private sealed class SentLinks : IPasswordLinks
    {
        public List<string> Sent { get; } = [];

        public void Send(string email) => Sent.Add(email);
    }
}
