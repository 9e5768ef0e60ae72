using BankPortal.Web.Components.Pages;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class HandOverStoreTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly HandOverStore _store;

    public HandOverStoreTests() => _store = new HandOverStore(_time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Take_SecondTime_GivesNothing()
    {
        var token = _store.Put(Key(), Content("a"));

        Assert.Equal("a", _store.Take(token, Key())?.Content);
        Assert.Null(_store.Take(token, Key()));
        Assert.Equal(0, _store.Count);
    }

    [Theory]
    [InlineData("ben", "s1", "/a", "UTC")]
    [InlineData("ann", "s2", "/a", "UTC")]
    [InlineData("ann", "s1", "/b", "UTC")]
    [InlineData("ann", "s1", "/a", "Europe/Berlin")]
    public void Take_OtherPersonSessionAddressOrZone_IsRefusedAndTheTokenIsSpent(string user, string session, string address, string zone)
    {
        var watched = new Subscription();
        var token = _store.Put(Key(), Content("a", watched));

        Assert.Null(_store.Take(token, new HandOverKey(new SessionHandle(user, session), typeof(string), address, zone)));
        Assert.True(watched.IsDisposed);
        Assert.Null(_store.Take(token, Key()));
    }

    [Fact]
    public void Take_OtherPage_IsRefused()
    {
        var token = _store.Put(Key(), Content("a"));

        Assert.Null(_store.Take(token, Key() with { Page = typeof(int) }));
    }

    [Fact]
    public void Take_UnknownToken_GivesNothing() => Assert.Null(_store.Take("no such token", Key()));

    [Fact]
    public void Take_AfterItsLife_GivesNothing()
    {
        var token = _store.Put(Key(), Content("a"));

        _time.Advance(HandOverStore.Life);

        Assert.Null(_store.Take(token, Key()));
    }

    [Fact]
    public void Put_NobodyTakesIt_IsForgottenWithItsWatch()
    {
        var watched = new Subscription();
        _store.Put(Key(), Content("a", watched));
        _time.Advance(HandOverStore.Life / 2);
        _store.Put(Key() with { Address = "/b" }, Content("b"));

        _time.Advance(HandOverStore.Life / 2);

        Assert.Equal(1, _store.Count);
        Assert.True(watched.IsDisposed);
        _time.Advance(HandOverStore.Life / 2);
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public void Put_MoreThanASessionMayHave_DropsItsOldest()
    {
        var other = _store.Put(new HandOverKey(new SessionHandle("ben", "s9"), typeof(string), "/a", "UTC"), Content("ben's"));
        var tokens = Enumerable.Range(0, HandOverStore.MostOfSession + 1).Select(i => _store.Put(Key(), Content($"{i}"))).ToList();

        Assert.Null(_store.Take(tokens[0], Key()));
        Assert.Equal("1", _store.Take(tokens[1], Key())?.Content);
        Assert.NotNull(_store.Take(other, new HandOverKey(new SessionHandle("ben", "s9"), typeof(string), "/a", "UTC")));
    }

    [Fact]
    public void Put_MoreThanFit_DropsTheOldestOfAll()
    {
        var tokens = Enumerable.Range(0, HandOverStore.Most + 1).Select(i => _store.Put(KeyOf(i), Content($"{i}"))).ToList();

        Assert.Equal(HandOverStore.Most, _store.Count);
        Assert.Null(_store.Take(tokens[0], KeyOf(0)));
        Assert.NotNull(_store.Take(tokens[^1], KeyOf(HandOverStore.Most)));

        static HandOverKey KeyOf(int person) => new(new SessionHandle($"u{person}", "s"), typeof(string), "/a", "UTC");
    }

    [Fact]
    public void Put_Twice_GivesTokensThatCannotBeGuessed()
    {
        var tokens = Enumerable.Range(0, 3).Select(_ => _store.Put(Key(), Content("a"))).ToList();

        Assert.Distinct(tokens);
        Assert.All(tokens, token => Assert.Equal(43, token.Length)); // 256 bits
    }

    [Fact]
    public void ChangeWatch_ChangedBeforeItIsTaken_TellsTheTakerAtOnceAndOnlyOnce()
    {
        using var watch = new ChangeWatch();
        var told = 0;
        watch.Signal();
        watch.Signal();

        watch.PassTo(() => told++);
        Assert.Equal(1, told);
        watch.PassTo(() => told++);
        Assert.Equal(1, told);
        watch.Signal();
        Assert.Equal(2, told);
    }

    [Fact]
    public void ChangeWatch_Disposed_EndsItsSubscriptionAndTellsNobody()
    {
        var watched = new Subscription();
        var told = 0;
        var watch = new ChangeWatch();
        watch.Keep(watched);
        watch.PassTo(() => told++);

        watch.Dispose();
        watch.Signal();

        Assert.True(watched.IsDisposed);
        Assert.Equal(0, told);
    }

    private static HandOverKey Key() => new(new SessionHandle("ann", "s1"), typeof(string), "/a", "UTC");

    private static HandOver Content(string text, IDisposable? watched = null)
    {
        var watch = new ChangeWatch();
        watch.Keep(watched);
        return new HandOver(text, watch);
    }

    private sealed class Subscription : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
