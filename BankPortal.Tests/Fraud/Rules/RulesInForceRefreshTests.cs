using BankPortal.Web.Features.Fraud.Rules;
using static BankPortal.Tests.Fakes.RuleDesk;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>Every node decides by the rules the store names, seconds after they change.</summary>
[UnitTest]
public sealed class RulesInForceRefreshTests
{
    private readonly RuleDesk _desk = new();

    [Fact]
    public async Task Start_NewBank_WritesTheShippedRulesOnce()
    {
        await _desk.Refresh.StartAsync();
        await _desk.NewRefresh(new RulesInForce()).StartAsync();

        var only = Assert.Single(await _desk.Store.ListAsync(null, 10));
        Assert.Equal((1, RuleSetState.Live), (only.Number, only.State));
        Assert.True(RuleSetService.HasSameContent(ShippedRules.Version1, only.Set));
    }

    [Fact]
    public async Task Refresh_TwoNodes_BothTakeWhatOneMadeLive()
    {
        var (one, two) = (new RulesInForce(), new RulesInForce());
        var (first, second) = (_desk.NewRefresh(one), _desk.NewRefresh(two));
        var shadow = await _desk.InShadowAsync();
        await first.StartAsync();
        await second.StartAsync();
        Assert.Equal((1, 2), (two.Live.Set.Version, two.Shadow!.Set.Version));

        var approved = Must(await _desk.Service.ApproveAsync(_desk.Bea, shadow, "yes"));
        Must(await _desk.Service.MakeLiveAsync(_desk.Bea, approved, "go"));

        Assert.True(await first.RefreshAsync() && await second.RefreshAsync());
        Assert.All([one, two], rules => Assert.Equal((2, null), (rules.Live.Set.Version, rules.Shadow)));
        Assert.False(await first.RefreshAsync());
    }

    [Fact]
    public async Task Refresh_StoreCannotBeRead_KeepsTheLastKnown()
    {
        Must(await _desk.Service.MakeLiveAsync(_desk.Bea, await _desk.ApprovedAsync(), "go"));
        await _desk.Refresh.RefreshAsync();
        _desk.Memory.Fault = new TimeoutException("no answer");

        await Assert.ThrowsAsync<TimeoutException>(() => _desk.Refresh.RefreshAsync());

        Assert.Equal(2, _desk.InForce.Live.Set.Version);
    }

    [Fact]
    public async Task Refresh_StoredVersionOneDiffersFromTheShippedOne_TheStoredDecides()
    {
        var kept = ShippedRules.Version1 with { Rules = [Rule("old", 123)] };
        await _desk.Store.StartAsync(new RuleSetVersion
        {
            Set = kept, State = RuleSetState.Live, Edition = 1, Revision = 1, Editors = ["system"],
            Steps = [new RuleSetStep(RuleSetAction.Draft, _desk.Time.GetUtcNow(), "system", null)],
        });

        await _desk.Refresh.StartAsync();

        Assert.Equal("old", Assert.Single(_desk.InForce.Live.Set.Rules).Id);
    }

    [Fact]
    public async Task Worker_LooksEveryFewSecondsAndSurvivesFaults()
    {
        var approved = await _desk.ApprovedAsync();
        await _desk.Refresh.RefreshAsync();
        using var worker = new RulesInForceWorker(_desk.Refresh, _desk.Time, NullLogger<RulesInForceWorker>.Instance);
        _desk.Memory.Fault = new TimeoutException("no answer");
        await worker.StartAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            _desk.Time.Advance(RulesInForceWorker.Every);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        _desk.Memory.Fault = null;
        Must(await _desk.Service.MakeLiveAsync(_desk.Staff("bea", "analyst"), approved, "go"));
        for (var i = 0; i < 2_000 && _desk.InForce.Live.Set.Version != 2; i++)
        {
            _desk.Time.Advance(RulesInForceWorker.Every / 4);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, _desk.InForce.Live.Set.Version);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }
}
