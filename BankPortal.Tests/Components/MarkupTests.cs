using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using BankPortal.Web.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Components;

/// <summary>Icons, amounts, times and badges as pieces of HTML: what they say, and that no text becomes markup.</summary>
[UnitTest]
public sealed class MarkupTests
{
    private const string Hostile = "\"><script>alert('x')</script>&<b a=1>";

    private readonly UserTimeZone _zone = new(Options.Create(new ShellOptions()));

    public MarkupTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void Badge_HostileText_IsShownAsText()
    {
        var badge = Only(Markup.Badge(Hostile, StatusTone.Attention));

        Assert.Equal(Hostile, badge.TextContent);
        Assert.Empty(badge.Children);
        Assert.Equal("badge badge-attention", badge.ClassName);
    }

    [Fact]
    public void Icon_HostileTitleAndClass_StayInTheirAttributes()
    {
        var icon = Only(Markup.Icon(IconName.Plus, 18, Hostile, Hostile));

        Assert.Equal("svg", icon.LocalName);
        Assert.Equal(Hostile, icon.GetAttribute("aria-label"));
        Assert.Equal("icon " + Hostile, icon.ClassName);
        Assert.Equal("path", Assert.Single(icon.Children).LocalName);
    }

    [Fact]
    public void Amount_HostileClassAndNumberFormat_StayText()
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("en-US").Clone();
        culture.NumberFormat.CurrencyGroupSeparator = Hostile;
        CultureInfo.CurrentCulture = culture;

        var amount = Only(Markup.Amount(Money.Of(1_234, Currency.Usd), css: Hostile));

        Assert.Equal("amount " + Hostile, amount.ClassName);
        Assert.Equal(2, amount.Children.Length);
        Assert.All(amount.Children, part => Assert.Empty(part.Children));
        Assert.Contains(Hostile, amount.TextContent);
    }

    [Fact]
    public void Time_HostileClassAndDateFormat_StayText()
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("en-US").Clone();
        culture.DateTimeFormat.ShortTimePattern = "'<b>'h:mm";
        CultureInfo.CurrentCulture = culture;
        var at = new DateTimeOffset(2026, 11, 20, 15, 4, 5, TimeSpan.Zero);

        var time = Only(Markup.Time(at, TimeFormat.Time, _zone, at, Hostile));

        Assert.StartsWith("<b>", time.TextContent);
        Assert.Empty(time.Children);
        Assert.Equal("time " + Hostile, time.ClassName);
        Assert.Equal("2026-11-20T15:04:05.000Z", time.GetAttribute("datetime"));
        Assert.Contains(_zone.Zone.Id, time.GetAttribute("title"));
    }

    [Theory]
    [InlineData(-12.5, AmountTone.Movement, "amount amount-out", "−$12.50", "minus 12.50 USD")]
    [InlineData(12.5, AmountTone.Movement, "amount amount-in", "+$12.50", "plus 12.50 USD")]
    [InlineData(12.5, AmountTone.Balance, "amount", "+$12.50", "plus 12.50 USD")]
    [InlineData(-12.5, AmountTone.Balance, "amount amount-below", "−$12.50", "minus 12.50 USD")]
    public void Amount_AnyTone_IsForEyesAndForScreenReaders(double value, AmountTone tone, string css, string shown, string spoken)
    {
        var amount = Only(Markup.Amount(Money.Of((decimal)value, Currency.Usd), AmountSign.Always, tone));

        Assert.Equal(css, amount.ClassName);
        Assert.Equal("true", amount.Children[0].GetAttribute("aria-hidden"));
        Assert.Equal(shown, amount.Children[0].TextContent);
        Assert.Equal("sr-only", amount.Children[1].ClassName);
        Assert.Equal(spoken, amount.Children[1].TextContent);
    }

    [Fact]
    public void Icon_WithoutTitle_IsHiddenFromScreenReadersAndMadeOnce()
    {
        var icon = Only(Markup.Icon(IconName.Plus, 18));

        Assert.Equal("true", icon.GetAttribute("aria-hidden"));
        Assert.False(icon.HasAttribute("role"));
        Assert.Equal("1.125rem", icon.GetAttribute("width"));
        Assert.Same(Markup.Icon(IconName.Plus, 18).Value, Markup.Icon(IconName.Plus, 18).Value);
    }

    [Fact]
    public void Icon_EveryName_HasAShape() =>
        Assert.All(Enum.GetValues<IconName>(), name => Assert.NotEqual("", Only(Markup.Icon(name)).Children[0].GetAttribute("d")));

    private static IElement Only(MarkupString markup) =>
        Assert.Single(new HtmlParser().ParseDocument("<!doctype html><body>" + markup.Value).Body!.Children);
}
