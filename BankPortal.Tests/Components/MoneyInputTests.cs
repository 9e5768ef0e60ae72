using BankPortal.Web.Components.Controls;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class MoneyInputTests : BunitContext
{
    private MoneyEntry _entry = MoneyEntry.Empty;

    public MoneyInputTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void MoneyInput_AmountTyped_GivesTheAmountAndTidiesTheText()
    {
        var input = RenderInput();

        input.Find("input").Input("1234.5");
        Assert.Equal(Money.Of(1234.5m, Currency.Usd), _entry.Value);
        Assert.Equal("1234.5", _entry.Text);

        input.Find("input").Change("1234.5");
        Assert.Equal("1,234.50", _entry.Text);
        Assert.Null(_entry.Error);
    }

    [Fact]
    public void MoneyInput_WrongTextWhileTyping_SaysNothingBeforeTheFieldIsLeft()
    {
        var input = RenderInput();

        input.Find("input").Input("12.345");
        Assert.Null(_entry.Error);
        Assert.Null(_entry.Value);

        input.Find("input").Change("12.345");
        Assert.Equal("Use at most 2 decimals, such as 1,234.56.", _entry.Error);
        Assert.Equal("12.345", _entry.Text);
        Assert.Equal("12.345", input.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void MoneyInput_ErrorBeingCorrected_GoesAwayAtOnce()
    {
        var input = RenderInput();
        input.Find("input").Change("12.345");

        input.Find("input").Input("12.34");

        Assert.Null(_entry.Error);
        Assert.Equal(Money.Of(12.34m, Currency.Usd), _entry.Value);
    }

    [Fact]
    public void Check_Zero_IsRefused() =>
        Assert.Equal("Enter an amount above zero.", MoneyEntry.Typing("0.00", Currency.Usd).Check(Currency.Usd).Error);

    [Fact]
    public void MoneyInput_InAField_IsTiedToItsError()
    {
        var field = Render<FormField>(parameters => parameters
            .Add(p => p.Label, "Amount")
            .Add(p => p.Id, "amount")
            .Add(p => p.Hint, "At most $500.00")
            .Add(p => p.Error, "More than your available balance.")
            .Add<MoneyInput, FieldContext>(p => p.ChildContent, context => input => input
                .Add(p => p.Entry, MoneyEntry.Empty)
                .Add(p => p.Currency, Currency.Usd)
                .Add(p => p.Field, context)));

        var input = field.Find("input");
        Assert.Equal("amount", field.Find("label").GetAttribute("for"));
        Assert.Equal("amount", input.Id);
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("amount-error amount-hint", input.GetAttribute("aria-describedby"));
        Assert.Equal("More than your available balance.", field.Find("#amount-error").TextContent.Trim());
    }

    private IRenderedComponent<MoneyInput> RenderInput()
    {
        IRenderedComponent<MoneyInput> input = null!;
        input = Render<MoneyInput>(parameters => parameters
            .Add(p => p.Entry, _entry)
            .Add(p => p.Currency, Currency.Usd)
            .Add(p => p.EntryChanged, entry => _entry = entry));
        return input;
    }
}
