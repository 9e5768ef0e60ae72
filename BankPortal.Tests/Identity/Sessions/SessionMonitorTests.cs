namespace BankPortal.Tests.Identity.Sessions;

[UnitTest]
public sealed class SessionMonitorTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeSessions _sessions;
    private readonly SessionMonitor _monitor;

    public SessionMonitorTests()
    {
        _sessions = new FakeSessions(_time);
        _monitor = NewNode();
    }

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public async Task Tick_NothingDone_WarnsThenEndsInStoreAndTabs()
    {
        var tab = Open("s1");

        await PassAsync(TimeSpan.FromSeconds(239));
        Assert.Empty(tab.Phases);

        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([SessionPhase.IdleWarning], tab.Phases);
        Assert.Equal(TimeSpan.FromMinutes(1), tab.Last!.Left);

        await PassAsync(TimeSpan.FromSeconds(59));
        Assert.Null(tab.Over);

        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(SessionEndReason.Idle, tab.Over);
        Assert.Equal([("s1", SessionEndReason.Idle)], _sessions.Ended);
    }

    [Fact]
    public async Task Tick_DuringTheCountdown_TellsEveryMoment()
    {
        var tab = Open("s1");
        await PassAsync(TimeSpan.FromSeconds(240));
        await PassAsync(TimeSpan.FromSeconds(1));
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([60, 59, 58], tab.Standings.Select(standing => (int)standing.Left.TotalSeconds));
    }

    [Fact]
    public async Task Active_InOneTab_KeepsTheOthersAndTakesTheirCountdownDown()
    {
        var here = Open("s1");
        var there = Open("s1", add: false);
        await PassAsync(TimeSpan.FromSeconds(250));
        Assert.Equal(SessionPhase.IdleWarning, there.Last!.Phase);

        _monitor.Active("s1");

        Assert.Equal(SessionPhase.Active, here.Last!.Phase);
        Assert.Equal(SessionPhase.Active, there.Last!.Phase);
        await PassAsync(TimeSpan.FromSeconds(239));
        Assert.Null(there.Over);
    }

    [Fact]
    public async Task Active_InOneTab_IsStoredWithTheNextPollAndSeenByAnotherNode()
    {
        Open("s1");
        using var otherNode = NewNode();
        var there = new Tab();
        using var watching = otherNode.Watch(new SessionHandle("u1", "s1"), _sessions.Rows["s1"], there);
        _time.Advance(TimeSpan.FromSeconds(200));
        var activity = _time.GetUtcNow();
        _monitor.Active("s1");
        await _monitor.TickAsync(TestContext.Current.CancellationToken);

        Assert.Equal(activity, _sessions.Rows["s1"].LastSeenAt);
        _time.Advance(TimeSpan.FromSeconds(100));
        await otherNode.TickAsync(TestContext.Current.CancellationToken);
        Assert.Null(there.Over);
    }

    [Fact]
    public async Task Active_AllTheTime_IsStoredNowAndThenAndOnceMoreAtTheEnd()
    {
        Open("s1");
        var stored = new HashSet<DateTimeOffset>();
        var last = _time.GetUtcNow();
        for (var second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            last = _time.GetUtcNow();
            _monitor.Active("s1");
            await _monitor.TickAsync(TestContext.Current.CancellationToken);
            stored.Add(_sessions.Rows["s1"].LastSeenAt);
        }

        Assert.InRange(stored.Count, 3, 5);

        for (var second = 0; second < 10; second++)
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(last, _sessions.Rows["s1"].LastSeenAt);
    }

    [Fact]
    public async Task Tick_IdleHereButActiveElsewhereSinceThePoll_DoesNotEnd()
    {
        var tab = Open("s1");
        await PassAsync(TimeSpan.FromSeconds(299));
        _sessions.ActiveElsewhere("s1");

        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Null(tab.Over);
        Assert.Equal(SessionPhase.Active, tab.Last!.Phase);
    }

    [Fact]
    public async Task Active_AfterTheEnd_BringsNothingBack()
    {
        var tab = Open("s1");
        _time.Advance(FakeSessions.Idle);
        _monitor.Active("s1");

        await _monitor.TickAsync(TestContext.Current.CancellationToken);

        Assert.Equal(SessionEndReason.Idle, tab.Over);
    }

    [Fact]
    public async Task Tick_ActiveAllTheTime_WarnsOnceAndEndsAtTheAbsoluteLimit()
    {
        var tab = Open("s1");
        for (var minute = 0; minute < 119; minute++)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
            _monitor.Active("s1");
        }

        Assert.Equal([SessionPhase.AbsoluteWarning], tab.Phases);
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(SessionEndReason.TooLong, tab.Over);
    }

    [Fact]
    public async Task RegistryEnds_OnThisNode_NotifiesTabsAtOnceWithTheReason()
    {
        var tab = Open("s1");
        var other = Open("s2");

        await _sessions.EndAsync("u1", "s1", SessionEndReason.SecurityChanged, TestContext.Current.CancellationToken);

        Assert.Equal(SessionEndReason.SecurityChanged, tab.Over);
        Assert.Null(other.Over);
    }

    [Fact]
    public async Task Tick_EndedOnAnotherNode_NotifiesTabsWithTheNextPoll()
    {
        var tab = Open("s1");
        await _monitor.TickAsync(TestContext.Current.CancellationToken);
        _sessions.EndElsewhere("s1");

        await PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(SessionEndReason.Ended, tab.Over);
    }

    [Fact]
    public async Task Tick_ManyTabsAndSessions_ReadsOncePerPoll()
    {
        for (var i = 0; i < 50; i++)
        {
            Open($"s{i}");
            Open($"s{i}", add: false);
        }

        await _monitor.TickAsync(TestContext.Current.CancellationToken);
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _sessions.Reads);
    }

    [Fact]
    public async Task Tick_CredentialsChangedElsewhere_EndsTheSession()
    {
        var tab = Open("s1");
        await _monitor.TickAsync(TestContext.Current.CancellationToken);
        _sessions.Stamps["u1"] = "stamp-2";

        await PassAsync(TimeSpan.FromSeconds(30));
        Assert.Null(tab.Over);
        await PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(SessionEndReason.SecurityChanged, tab.Over);
    }

    [Fact]
    public async Task Tick_RoleTakenAwayByEditingTheRow_EndsTheSessionWithTheNextPoll()
    {
        _sessions.Roles["u1"] = [BankRoles.Analyst, BankRoles.Admin];
        var tab = OpenStaff("s1", "u1", BankRoles.Analyst, BankRoles.Admin);
        await _monitor.TickAsync(TestContext.Current.CancellationToken);
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Null(tab.Over);

        // The security stamp stays as it is.
        _sessions.Roles["u1"] = [BankRoles.Admin];
        await PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(SessionEndReason.SecurityChanged, tab.Over);
        Assert.Equal([("s1", SessionEndReason.SecurityChanged)], _sessions.Ended);
    }

    [Fact]
    public async Task Tick_RolesOfManyPeople_AreReadOncePerPollAndForStaffAlone()
    {
        Open("s0");
        await _monitor.TickAsync(TestContext.Current.CancellationToken);
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(0, _sessions.OwnerReads);

        var tabs = new List<Tab>();
        for (var i = 1; i <= 40; i++)
        {
            _sessions.Roles[$"u{i}"] = [BankRoles.Customer, BankRoles.Analyst, BankRoles.Manager];
            tabs.Add(OpenStaff($"s{i}", $"u{i}", BankRoles.Analyst));
        }

        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(1, _sessions.OwnerReads);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _sessions.OwnerReads);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _sessions.OwnerReads);

        // Further roles change nothing for those who signed in without them.
        Assert.All(tabs, tab => Assert.Null(tab.Over));
    }

    [Fact]
    public async Task Tick_OwnPasswordChangeRefreshesTheSession_Lives()
    {
        var tab = Open("s1");
        await _monitor.TickAsync(TestContext.Current.CancellationToken);
        _sessions.Stamps["u1"] = "stamp-2";
        await PassAsync(TimeSpan.FromSeconds(30));
        _sessions.Rows["s1"] = _sessions.Rows["s1"] with { SecurityStamp = "stamp-2" };

        await PassAsync(TimeSpan.FromSeconds(30));
        await PassAsync(TimeSpan.FromSeconds(30));

        Assert.Null(tab.Over);
    }

    [Fact]
    public async Task Tick_StoreAway_StillEndsIdleTabs()
    {
        var tab = Open("s1");
        _sessions.Away = true;
        _time.Advance(FakeSessions.Idle);

        await Assert.ThrowsAsync<TimeoutException>(() => _monitor.TickAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SessionEndReason.Idle, tab.Over);
    }

    [Fact]
    public async Task Watch_SessionAlreadyOver_TellsAtOnce()
    {
        Open("s1");
        var row = _sessions.Rows["s1"];
        await _sessions.EndAsync("u1", "s1", SessionEndReason.Ended, TestContext.Current.CancellationToken);

        var late = new Tab();
        using var watching = _monitor.Watch(new SessionHandle("u1", "s1"), row, late);

        Assert.Equal(SessionEndReason.Ended, late.Over);
    }

    [Fact]
    public void Watch_LastTabClosed_ForgetsTheSession()
    {
        _sessions.Add("s1");
        var handle = new SessionHandle("u1", "s1");
        var first = _monitor.Watch(handle, _sessions.Rows["s1"], new Tab());
        var second = _monitor.Watch(handle, _sessions.Rows["s1"], new Tab());

        first.Dispose();
        Assert.Equal(1, _monitor.Count);
        second.Dispose();

        Assert.Equal(0, _monitor.Count);
    }

    [Fact]
    public async Task End_OneTabFails_StillNotifiesTheOthers()
    {
        _sessions.Add("s1");
        _monitor.Watch(new SessionHandle("u1", "s1"), _sessions.Rows["s1"], new BrokenTab());
        var tab = Open("s1", add: false);

        await _sessions.EndAsync("u1", "s1", SessionEndReason.Ended, TestContext.Current.CancellationToken);

        Assert.Equal(SessionEndReason.Ended, tab.Over);
    }

    private SessionMonitor NewNode() =>
        new(_sessions, _sessions, Options.Create(new SessionOptions()), _time, NullLogger<SessionMonitor>.Instance);

    private Tab Open(string sessionId, bool add = true)
    {
        var row = add ? _sessions.Add(sessionId) : _sessions.Rows[sessionId];
        var tab = new Tab();
        _monitor.Watch(new SessionHandle("u1", sessionId), row, tab);
        return tab;
    }

    private Tab OpenStaff(string sessionId, string userId, params string[] roles)
    {
        var tab = new Tab();
        _monitor.Watch(new SessionHandle(userId, sessionId), _sessions.Add(sessionId, userId), tab, [.. roles]);
        return tab;
    }

    private Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return _monitor.TickAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Tab : ISessionWatcher
    {
        public List<SessionStanding> Standings { get; } = [];

        public IEnumerable<SessionPhase> Phases => Standings.Select(standing => standing.Phase);

        public SessionStanding? Last => Standings.LastOrDefault();

        public SessionEndReason? Over { get; private set; }

        public List<long> Keys { get; } = [];

        public void OnStanding(SessionStanding standing) => Standings.Add(standing);

        public void OnKey(long keyNumber) => Keys.Add(keyNumber);

        public void OnOver(SessionEndReason reason)
        {
            Assert.Null(Over);
            Over = reason;
        }
    }

    private sealed class BrokenTab : ISessionWatcher
    {
        public void OnStanding(SessionStanding standing) => throw new InvalidOperationException("gone");

        public void OnKey(long keyNumber) => throw new InvalidOperationException("gone");

        public void OnOver(SessionEndReason reason) => throw new InvalidOperationException("gone");
    }
}
