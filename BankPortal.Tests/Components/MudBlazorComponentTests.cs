using Microsoft.AspNetCore.Components;
using MudBlazor;
using MudBlazor.Services;

namespace BankPortal.Tests.Components;

/// <summary>MudBlazor components render, react and compare under bUnit, which the tests of staff pages rely on.</summary>
[UnitTest]
public sealed partial class MudBlazorComponentTests : BunitContext
{
    // Numbers, not colours.
    private static readonly string[] Strengths = ["border-opacity"];

    public MudBlazorComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
    }

    [Fact]
    public void Palette_OfTheLibrary_IsMappedToTokensWhole()
    {
        var provider = Render<MudThemeProvider>();
        var own = Variables().Matches(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "BankPortal.Web/wwwroot/css/mud.css")))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);

        var theirs = Variables().Matches(provider.Markup).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(theirs.Count > 60, $"Only {theirs.Count} variables were found: the library writes them in another way now.");
        Assert.Equal([], theirs.Where(name => !own.Contains(name) && !Strengths.Contains(name)));
    }

    [Fact]
    public void MudButton_Clicked_CallsItsHandler()
    {
        var clicks = 0;
        var button = Render<MudButton>(parameters => parameters.AddChildContent("Transfer").Add(p => p.OnClick, () => clicks++));

        button.Find("button").Click();

        Assert.Equal(1, clicks);
        button.Find(".mud-button-label").MarkupMatches("<span class=\"mud-button-label\">Transfer</span>");
    }

    [Fact]
    public void MudTextField_TextTyped_BindsTheValue()
    {
        var value = "";
        var box = Render<MudTextField<string?>>(parameters => parameters
            .Add(p => p.Value, value)
            .Add(p => p.ValueChanged, EventCallback.Factory.Create<string?>(this, v => value = v ?? "")));

        box.Find("input").Change("Rent");

        Assert.Equal("Rent", value);
    }

    [GeneratedRegex(@"--mud-palette-(?<name>[a-z-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();
}
