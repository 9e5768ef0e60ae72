using Microsoft.AspNetCore.Components;
using MudBlazor;
using MudBlazor.Services;

namespace BankPortal.Tests.Components;

/// <summary>MudBlazor components render, react and compare under bUnit, which the tests of staff pages rely on.</summary>
[UnitTest]
public sealed class MudBlazorComponentTests : BunitContext
{
    public MudBlazorComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
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
}
