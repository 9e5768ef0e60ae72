using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Web.Features.Demo;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Demo;

/// <summary>Loading the history of the demo customers into a portal that is open.</summary>
[EngineTest]
public sealed class DemoHistoryJobTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Step_LoadedWithInterruptions_IsWholeOnceAndClosesTheDaysOnlyThen()
    {
        await using var host = new PortalHost(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Demo:Enabled"] = "true",
            ["Demo:HistoryDays"] = "25",
        });
        host.Start();
        var services = host.Services;
        var jobs = services.GetRequiredService<JobService>();
        var hold = Assert.Single(services.GetServices<IJobHold>());
        var (history, close) = (JobNamed("demo-history"), JobNamed("day-close"));
        Assert.Equal("Demo history: 0 %", await hold.FindReasonAsync(Ct));
        Assert.Equal(JobOutcome.NotDue, (await jobs.RunDueAsync(close, "test", Ct)).Outcome);

        // The first week is posted, and the node dies before it has stored that: it is posted again, by its keys.
        var now = DateTimeOffset.UtcNow;
        var begun = await history.StepAsync(new JobContext("test", 1, null, now, now), Ct);
        await history.StepAsync(new JobContext("test", 1, begun.Cursor, now, now), Ct);

        Assert.Equal(JobOutcome.Finished, (await jobs.RunDueAsync(history, "test", Ct)).Outcome);

        Assert.Null(await hold.FindReasonAsync(Ct));
        Assert.Equal(JobOutcome.Finished, (await jobs.RunDueAsync(close, "test", Ct)).Outcome);
        var rules = services.GetRequiredService<LedgerRules>();
        var planned = DemoHistory.Of(rules.DayOf(now), 25);
        var state = Assert.Single(await jobs.ListAsync(Ct), job => job.Name == "demo-history");
        Assert.Equal($"{planned.Members.Length} customers, {planned.Postings.Length} movements, 0 refused", state.LastSummary);

        // Every account ends with what the plan says, and the ledger is in order.
        var store = services.GetRequiredService<ILedgerStore>();
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        foreach (var member in planned.Members)
        {
            var user = await users.FindByEmailAsync(member.Customer.Email);
            Assert.NotNull(user);
            Assert.False(await users.HasPasswordAsync(user));
            Assert.Equal(member.OpenedAt, user.CreatedAt);
            var account = await services.GetRequiredService<IAccountStore>()
                .FindAsync(AccountService.IdOf(user.Id, AccountService.FirstAccountKey), Ct);
            Assert.NotNull(account);
            Assert.Equal((member.OpenedAt, member.ClosedAt), (account.OpenedAt, account.ClosedAt));
            Assert.Equal(BalanceOf(planned, new DemoAccount(member.Customer, false)), account.Balance.Amount);
        }

        Assert.Contains(planned.Members, member => member.Left is not null);
        var found = await services.GetRequiredService<LedgerVerifier>().VerifyAsync(ct: Ct);
        Assert.Empty(found.Violations);
        Assert.Equal(rules.DayOf(now).AddDays(-1), await services.GetRequiredService<IBankDayStore>().FindClosedToAsync(Ct));

        IBankJob JobNamed(string name) => jobs.Jobs.Single(job => job.Name == name);
    }

    [Fact]
    public async Task Step_DaysAreClosedAlready_LoadsNothing()
    {
        await using var host = new PortalHost(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Demo:Enabled"] = "true",
            ["Demo:HistoryDays"] = "25",
        });
        host.Start();
        var jobs = host.Services.GetRequiredService<JobService>();
        var today = host.Services.GetRequiredService<LedgerRules>().DayOf(DateTimeOffset.UtcNow);
        await host.Services.GetRequiredService<IBankDayStore>().TryCloseAsync(today.AddDays(-1), null, [], Ct);

        Assert.Equal(JobOutcome.Finished, (await jobs.RunDueAsync(jobs.Jobs.Single(job => job.Name == "demo-history"), "test", Ct)).Outcome);

        Assert.Null(await Assert.Single(host.Services.GetServices<IJobHold>()).FindReasonAsync(Ct));
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>().FindByEmailAsync(DemoCustomer.Landlord.Email));
    }

    private static decimal BalanceOf(DemoHistory history, DemoAccount account) => history.Postings.Sum(posting =>
        (posting.To == account ? posting.Amount : 0) - (posting.From == account ? posting.Amount : 0));
}
