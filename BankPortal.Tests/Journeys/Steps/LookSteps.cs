namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Checks how pages look: what has the focus, what is too wide, which fields are marked as invalid.</summary>
public static class LookSteps
{
    private const string TooWide = """
        width => {
            const page = document.documentElement;
            if (Math.max(page.scrollWidth, document.body.scrollWidth) <= width) {
                return "";
            }
            const scrolls = element => {
                for (let parent = element.parentElement; parent; parent = parent.parentElement) {
                    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(parent).overflowX) && parent !== document.body && parent !== page) {
                        return true;
                    }
                }
                return false;
            };
            const wide = [...document.body.querySelectorAll("*")].filter(element =>
                element.checkVisibility() && element.getBoundingClientRect().right > width + 1 && !scrolls(element));
            return `${page.scrollWidth}px: ` + wide.slice(-5).map(element => element.outerHTML.slice(0, 160)).join(" | ");
        }
        """;

    /// <summary>The width, in CSS pixels, of the narrowest phone the portal is made for.</summary>
    public const int PhoneWidth = 360;

    /// <summary>A browser of this width in one theme: a phone where it is narrow, a desktop where it is wide.</summary>
    public static BrowserNewContextOptions Screen(ColorScheme theme, int width = PhoneWidth) => new()
    {
        ColorScheme = theme,
        ViewportSize = new ViewportSize { Width = width, Height = 800 },
        IsMobile = width < 500,
        HasTouch = width < 500,
    };

    /// <summary>Keeps a picture of the page, and fails when it has an accessibility fault or scrolls sideways.</summary>
    public static async Task FitsAndIsAccessibleAsync(this Visitor visitor, int width, string title)
    {
        await Journey.KeepPictureAsync(visitor, title);
        await Accessibility.AssertNoViolationsAsync(visitor.Page);
        Assert.Empty(await FindTooWideAsync(visitor.Page, width));
    }

    public static ILocator Heading(this Visitor visitor, string words) =>
        visitor.Main.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = words, Exact = true });

    /// <summary>The elements that make the page scroll sideways at this width; empty when it does not scroll.</summary>
    public static Task<string> FindTooWideAsync(IPage page, int width) => page.EvaluateAsync<string>(TooWide, width);

    /// <summary>Waits until every chart of the page is drawn, which happens when it comes into view.</summary>
    public static Task SeesChartsAsync(this Visitor visitor) => SeeChartsAsync(visitor.Page);

    /// <inheritdoc cref="SeesChartsAsync"/>
    public static async Task SeeChartsAsync(IPage page)
    {
        await Expect(page.Locator("main:not([data-waiting])")).ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });
        var charts = page.Locator("main .chart-canvas");
        await Expect(charts.First).ToBeAttachedAsync();
        foreach (var chart in await charts.AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart.Locator("svg").First).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });
        }

        await page.EvaluateAsync("() => scrollTo(0, 0)");
    }

    /// <summary>Fails when the focused element does not show its focus.</summary>
    public static async Task HasVisibleFocusAsync(this Visitor visitor) =>
        Assert.True(
            await visitor.Page.EvaluateAsync<bool>(
                "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"
            ),
            "What has the focus does not show it."
        );

    /// <summary>Waits until a field is marked as invalid, with this sentence tied to it.</summary>
    public static async Task IsInvalidAsync(this Visitor visitor, string label, string sentence)
    {
        var field = visitor.Field(label);
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(
            Regex.Escape(sentence), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
