namespace BankPortal.Tests.Journeys.Steps;

/// <summary>
/// A person at one tab of a browser, who finds elements by their text. Every step waits for the element it needs, never for
/// time to pass. The steps for each part of the portal are extension methods in the other files of this folder.
/// </summary>
public sealed class Visitor(IBrowserContext context, IPage page, PageWatch watch, string who)
{
    public IBrowserContext Context => context;

    public IPage Page => page;

    /// <summary>The complaints about the pages so far.</summary>
    public PageWatch Watch => watch;

    /// <summary>A name for the pictures of a failure.</summary>
    public string Who => who;

    /// <summary>The main part of the page, without the frame.</summary>
    public ILocator Main => page.Locator("main");

    /// <summary>The page and a dialog over it.</summary>
    private ILocator MainOrDialog => page.Locator("main, .mud-dialog");

    /// <summary>Types an address.</summary>
    public Task GoAsync(string path) => page.GotoAsync(path);

    /// <summary>Follows a link of the menu at the side.</summary>
    public Task FollowMenuAsync(string text) =>
        page.Locator(".side-nav").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = text, Exact = true }).ClickAsync();

    public ILocator Button(string text) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = text, Exact = true });

    public ILocator Link(string text) => Main.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = text, Exact = true });

    /// <summary>A field by its label, with or without "(optional)".</summary>
    public ILocator Field(string label) =>
        MainOrDialog.GetByLabel(new Regex($@"^{Regex.Escape(label)}(?: \(optional\))?$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    public Task FillAsync(string label, string text) => Field(label).FillAsync(text);

    /// <summary>Chooses the option that contains this text.</summary>
    public async Task ChooseAsync(string label, string text)
    {
        var option = Field(label).Locator("option", new LocatorLocatorOptions { HasText = text });
        await Field(label).SelectOptionAsync((await option.GetAttributeAsync("value"))!);
    }

    public Task PressAsync(string button) => Button(button).ClickAsync();

    public Task FollowAsync(string link) => Link(link).ClickAsync();

    /// <summary>Waits for the heading of a page or of a step.</summary>
    public Task SeesHeadingAsync(string text) =>
        Expect(Main.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = text, Exact = true })).ToBeVisibleAsync();

    /// <summary>Waits for text anywhere on the page.</summary>
    public Task SeesAsync(string text) => Expect(MainOrDialog.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>Waits for an address; a pattern of path and query.</summary>
    public Task IsAtAsync(string pattern) =>
        Expect(page).ToHaveURLAsync(new Regex($"^https?://[^/]+{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Waits until an element shows an amount. Compares the exact value, whatever the number format.</summary>
    public Task SeesAmountAsync(ILocator place, decimal dollars) =>
        Expect(place).ToHaveAttributeAsync("data-minor", ((long)(dollars * 100)).ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until the page has read what it shows.</summary>
    public async Task SettlesAsync()
    {
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
        await Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
    }

    /// <summary>Presses Tab until this element has the focus, as a person without a mouse does.</summary>
    public async Task TabToAsync(ILocator target)
    {
        const int MostStops = 80;
        await Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < MostStops; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException(
            $"{target} cannot be reached by the Tab key within {MostStops.ToString(CultureInfo.InvariantCulture)} stops."
        );
    }
}
