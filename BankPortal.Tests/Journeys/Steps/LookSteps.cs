using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BankPortal.Tests.Journeys.Steps;

/// <summary>How pages look: what has the focus, what is too wide, what is marked as wrong.</summary>
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

    public static ILocator Heading(this Visitor visitor, string words) =>
        visitor.Main.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = words, Exact = true });

    /// <summary>What makes the page scroll sideways at this width; empty when nothing does.</summary>
    public static Task<string> FindTooWideAsync(IPage page, int width) => page.EvaluateAsync<string>(TooWide, width);

    /// <summary>What has the focus can be seen to have it.</summary>
    public static async Task HasVisibleFocusAsync(this Visitor visitor) =>
        Assert.True(
            await visitor.Page.EvaluateAsync<bool>(
                "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"),
            "What has the focus does not show it.");

    /// <summary>Waits until a field is marked as wrong, with this sentence tied to it.</summary>
    public static async Task IsMistakenAsync(this Visitor visitor, string label, string sentence)
    {
        var field = visitor.Field(label);
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(
            Regex.Escape(sentence), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
