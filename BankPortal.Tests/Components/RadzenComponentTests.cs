using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace BankPortal.Tests.Components;

/// <summary>Radzen components render, react and compare under bUnit, which all component tests rely on.</summary>
[UnitTest]
public sealed class RadzenComponentTests : BunitContext
{
    public RadzenComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
    }

    [Fact]
    public void RadzenButton_Clicked_CallsItsHandler()
    {
        var clicks = 0;
        var button = Render<RadzenButton>(parameters => parameters
            .Add(p => p.Text, "Transfer")
            .Add(p => p.Click, _ => clicks++));

        button.Find("button").Click();

        Assert.Equal(1, clicks);
        button.Find(".rz-button-text").MarkupMatches("<span class=\"rz-button-text\">Transfer</span>");
    }

    [Fact]
    public void RadzenTextBox_TextTyped_BindsTheValue()
    {
        var value = "";
        var box = Render<RadzenTextBox>(parameters => parameters
            .Add(p => p.Value, value)
            .Add(p => p.ValueChanged, EventCallback.Factory.Create<string>(this, v => value = v)));

        box.Find("input").Change("Rent");

        Assert.Equal("Rent", value);
    }
}
