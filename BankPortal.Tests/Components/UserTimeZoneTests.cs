namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class UserTimeZoneTests
{
    private readonly UserTimeZone _zone = new(Options.Create(new ShellOptions { TimeZone = "America/New_York" }));

    [Fact]
    public void Zone_BeforeTheBrowserReportsIt_IsTheBanks()
    {
        Assert.Equal("America/New_York", _zone.Zone.Id);
        Assert.False(_zone.IsKnown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    public void Set_NotAZone_ChangesNothing(string? id)
    {
        _zone.Set(id);

        Assert.Equal("America/New_York", _zone.Zone.Id);
        Assert.False(_zone.IsKnown);
    }

    [Fact]
    public void Set_AnotherZone_IsAnnouncedOnce()
    {
        var changes = 0;
        _zone.Changed += (_, _) => changes++;

        _zone.Set("Europe/Berlin");
        _zone.Set("Europe/Berlin");

        Assert.Equal(1, changes);
        Assert.True(_zone.IsKnown);
        Assert.Equal(new TimeSpan(1, 0, 0), _zone.ToLocal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Offset);
    }

    [Fact]
    public void StartOfDay_ClocksChangeAtMidnight_IsTheFirstMomentOfTheDay()
    {
        // In 2018 the clocks of São Paulo went from 00:00 to 01:00 on 4 November, and twice through 23:00 on 17 February.
        _zone.Set("America/Sao_Paulo");

        Assert.Equal(new DateTimeOffset(2018, 11, 4, 1, 0, 0, TimeSpan.FromHours(-2)), _zone.StartOfDay(new DateOnly(2018, 11, 4)));
        Assert.Equal(new DateTimeOffset(2018, 6, 1, 0, 0, 0, TimeSpan.FromHours(-3)), _zone.StartOfDay(new DateOnly(2018, 6, 1)));
    }
}
