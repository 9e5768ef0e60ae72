namespace BankPortal.Tests.Browser;

/// <summary>
/// The component library's controls can be read in both themes, also after the theme is switched in the page, where the server
/// takes no part; and they fit a narrow phone. Read from the computed styles: axe does not see text that the browser itself
/// draws in the other theme's colour.
/// </summary>
[BrowserTest]
public sealed class LibraryThemeTests(ChromiumFixture chromium, FramePagesTests.Portal portal) : IClassFixture<FramePagesTests.Portal>
{
    // Ink and the first ground below it that is not transparent, as WCAG 2.2 compares them.
    private const string Contrast = """
        selector => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const rgba = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data;
          };
          const luminance = ([r, g, b]) => [r, g, b]
            .map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const element = document.querySelector(selector);
          let ground = element;
          while (ground && rgba(getComputedStyle(ground).backgroundColor)[3] < 255) {
            ground = ground.parentElement;
          }
          const [one, other] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(rgba).map(luminance);
          return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        }
        """;

    private static readonly string[] Controls =
    [
        ".bank-input input",
        ".bank-input textarea",
        ".bank-input .mud-select-input",
        ".mud-tab",
        ".mud-expand-panel-header",
        ".mud-chip",
        ".bank-grid-table td",
        ".bank-grid-table th",
        ".mud-dialog h2",
        ".mud-dialog p",
        ".mud-snackbar .toast-title",
        ".mud-snackbar .toast-detail",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Theme_SwitchedInThePage_LeavesEveryControlReadable(ColorScheme first)
    {
        await using var context = await chromium.NewContextAsync(portal.Address, new BrowserNewContextOptions
        {
            ColorScheme = first,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await OpenAsync(context);
        await page.Locator("input[name=number]").FillAsync("Typed before the switch");
        await page.GetByText("Show a toast").ClickAsync();
        await page.GetByText("Ask first").ClickAsync();
        await Expect(page.Locator(".mud-dialog h2")).ToBeVisibleAsync();
        await Expect(page.Locator(".mud-snackbar .toast-title")).ToBeVisibleAsync();
        await AssertReadableAsync(page);

        await page.EvaluateAsync("() => document.querySelector('.app-bar [data-theme-switch]').click()");
        var now = first == ColorScheme.Light ? "dark" : "light";
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", now);

        // What is typed takes the theme's own colours too: caret, selection, suggestions.
        Assert.Equal(now, await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.bank-input input')).colorScheme"));
        await AssertReadableAsync(page);
    }

    [Fact]
    public async Task Controls_OnANarrowPhone_FitTheWidth()
    {
        await using var context = await chromium.NewContextAsync(portal.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await OpenAsync(context);
        await page.GetByText("Show a toast").ClickAsync();
        await page.GetByText("Ask first").ClickAsync();
        await Expect(page.Locator(".mud-dialog h2")).ToBeVisibleAsync();

        var wide = await page.EvaluateAsync<string[]>(
            """
            () => [".mud-dialog", ".mud-snackbar", ...[".bank-input", ".bank-grid", ".mud-tabs", ".mud-expansion-panels"].map(one => "main " + one)]
              .filter(selector => [...document.querySelectorAll(selector)].some(element => {
                const box = element.getBoundingClientRect();
                return box.width === 0 || box.left < 0 || box.right > 360;
              }))
            """
        );
        Assert.Empty(wide);
        var low = await page.EvaluateAsync<double>("() => Math.min(...[...document.querySelectorAll('.bank-input .mud-input')].map(one => one.offsetHeight))");
        Assert.True(low >= 44, $"A control is {low} pixels high.");
    }

    private static async Task AssertReadableAsync(IPage page)
    {
        foreach (var control in Controls)
        {
            var contrast = await page.EvaluateAsync<double>(Contrast, control);
            Assert.True(contrast >= 4.5, $"{control} has a contrast of {contrast:0.0}.");
        }
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        var response = await page.GotoAsync("/dev/components");
        Assert.SkipWhen(response?.Status == (int)HttpStatusCode.NotFound, "The page of building blocks is in Debug builds only.");
        await Expect(page.Locator(".bank-grid-table td").First).ToBeVisibleAsync();
        await Expect(page.Locator("main[data-waiting]")).ToHaveCountAsync(0);
        return page;
    }
}
