using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Tests.Journeys;

/// <summary>What is ordered once is paid on its day.</summary>
public sealed class StandingOrderJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task StandingOrder_OnItsDay_IsPaidOnceAndShown() => WalkAsync(async journey =>
    {
        var (grace, payer, payee) = await journey.PayerAsync("Grace Hopper", 300, "Jean Bartik");
        await grace.FollowMenuAsync("Standing orders");
        await grace.FollowAsync("Set up the first one");
        await grace.FillAsync("Account number", payee.AccountNumber);
        await grace.FillAsync("Name of the account holder", payee.Name);
        await grace.FillAsync("Amount each time", "120");
        var first = Portal.Today.AddDays(10);
        await grace.FillAsync("First payment", first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await grace.PressAsync("Continue");
        await grace.SeesHeadingAsync("Check before you set it up");
        await grace.PressAsync("Confirm this standing order");
        await grace.ProveAsync(payer, "Confirm this payment");
        await grace.SeesHeadingAsync("Check before you set it up");
        await grace.PressAsync("Set it up");
        await grace.SeesHeadingAsync("Next dates");
        await grace.SeesAsync("None yet");

        // The day has come: the job of two nodes, with the clock moved.
        await Task.WhenAll(RunAsync(first), RunAsync(first));

        await grace.Page.ReloadAsync();
        await Expect(grace.Main.Locator("table")).ToContainTextAsync("Paid");
        await grace.HasInTotalAsync(180);
        await Expect(grace.Entry("Jean Bartik")).ToHaveCountAsync(1);
    });

    private async Task RunAsync(DateOnly day)
    {
        T Of<T>()
            where T : notnull => Portal.Services.GetRequiredService<T>();

        // A planned date may be moved by up to four days.
        var clock = new SchedulingClock(Of<LedgerOptions>(), new ManualTime(Of<LedgerRules>().StartOf(day.AddDays(5))));
        var plan = new StandingOrderPlan(Of<IBusinessCalendar>(), clock, Of<SchedulingOptions>());
        var runner = new StandingOrderRunner(
            Of<IStandingOrderStore>(), plan, Of<LedgerService>(), Of<IPayeeStore>(), Of<ICustomerDirectory>(), Of<IBankEvents>(), clock,
            NullLogger<StandingOrderRunner>.Instance);
        var job = new StandingOrderJob(Of<IStandingOrderStore>(), runner, Of<SchedulingOptions>(), NullLogger<StandingOrderJob>.Instance);
        string? cursor = null;
        JobStep step;
        do
        {
            step = await job.StepAsync(new JobContext("node", 1, cursor, clock.Now, clock.Now), TestContext.Current.CancellationToken);
            cursor = step.Cursor;
        }
        while (!step.IsDone);
    }
}
