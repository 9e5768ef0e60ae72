using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BankPortal.Tests.Journeys.Steps;

/// <summary>
/// Somebody at one tab of a browser, who finds things as people do: by the words on them. Everything waits until what it
/// needs is there; nothing waits for time to pass. What people do in one part of the portal is in the other files of this
/// folder, as extensions.
/// </summary>
public sealed class Visitor(IBrowserContext context, IPage page, PageWatch watch, string who)
{
    public IBrowserContext Context => context;

    public IPage Page => page;

    /// <summary>What the pages did that they should not.</summary>
    public PageWatch Watch => watch;

    /// <summary>A name for the pictures of a failure.</summary>
    public string Who => who;

    /// <summary>The part of the page that is the page.</summary>
    public ILocator Main => page.Locator("main");

    /// <summary>Types an address.</summary>
    public Task GoAsync(string path) => page.GotoAsync(path);

    /// <summary>Follows a link of the menu at the side.</summary>
    public Task FollowMenuAsync(string words) =>
        page.Locator(".side-nav").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = words, Exact = true }).ClickAsync();

    public ILocator Button(string words) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = words, Exact = true });

    public ILocator Link(string words) => Main.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = words, Exact = true });

    /// <summary>A field by its label, with or without "(optional)".</summary>
    public ILocator Field(string label) =>
        Main.GetByLabel(new Regex($@"^{Regex.Escape(label)}(?: \(optional\))?$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    public Task FillAsync(string label, string text) => Field(label).FillAsync(text);

    /// <summary>Chooses the option that has these words in it.</summary>
    public async Task ChooseAsync(string label, string words)
    {
        var option = Field(label).Locator("option", new LocatorLocatorOptions { HasText = words });
        await Field(label).SelectOptionAsync((await option.GetAttributeAsync("value"))!);
    }

    public Task PressAsync(string button) => Button(button).ClickAsync();

    public Task FollowAsync(string link) => Link(link).ClickAsync();

    /// <summary>Waits for the heading of a page or of a step.</summary>
    public Task SeesHeadingAsync(string words) =>
        Expect(Main.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = words, Exact = true })).ToBeVisibleAsync();

    /// <summary>Waits for words anywhere on the page.</summary>
    public Task SeesAsync(string words) => Expect(Main.GetByText(words).First).ToBeVisibleAsync();

    /// <summary>Waits for an address; a pattern of path and query.</summary>
    public Task IsAtAsync(string pattern) =>
        Expect(page).ToHaveURLAsync(new Regex($"^https?://[^/]+{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Waits until an amount stands at a place: exact, whatever the format of numbers.</summary>
    public Task SeesAmountAsync(ILocator place, decimal dollars) =>
        Expect(place).ToHaveAttributeAsync("data-minor", ((long)(dollars * 100)).ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until the page has read what it shows.</summary>
    public async Task SettlesAsync()
    {
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
        await Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
    }

    /// <summary>Goes on pressing Tab until this has the focus, as somebody without a mouse does.</summary>
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

        throw new InvalidOperationException($"{target} cannot be reached by the Tab key within {MostStops.ToString(CultureInfo.InvariantCulture)} stops.");
    }
}
