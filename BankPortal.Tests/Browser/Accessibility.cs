using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace BankPortal.Tests.Browser;

/// <summary>Checks a page against WCAG 2.2 level A and AA, as far as axe can tell.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        },
    };

    /// <summary>Fails with the rule, the place and the help link of every violation on the page as it stands.</summary>
    public static async Task AssertNoViolationsAsync(IPage page)
    {
        var violations = await FindViolationsAsync(page);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Select(violation => $"{page.Url}: {violation}")));
    }

    /// <summary>The rule, the place and the help link of every violation on the page as it stands.</summary>
    public static async Task<IReadOnlyList<string>> FindViolationsAsync(IPage page)
    {
        var result = await page.RunAxe(Wcag);
        return
        [
            .. result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
                $"{violation.Id} ({violation.Impact}): {violation.Help} at {node.Html}; {violation.HelpUrl}")),
        ];
    }
}
