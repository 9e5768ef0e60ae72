using BankPortal.Web.Components.Pages;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class QueryTextTests
{
    [Theory]
    [InlineData("12.5", 12.5)]
    [InlineData("0", 0.0)]
    [InlineData("-1", null)]
    [InlineData("1,000", null)]
    [InlineData("1000000000000000", null)]
    [InlineData("", null)]
    public void ParseAmount_Text_IsReadWithAPointAndWithoutASign(string text, double? expected) =>
        Assert.Equal((decimal?)expected, QueryText.ParseAmount(text));

    [Fact]
    public void Format_DayAndAmount_AreReadBack()
    {
        Assert.Equal(new DateOnly(2026, 1, 31), QueryText.ParseDay(QueryText.Format(new DateOnly(2026, 1, 31))));
        Assert.Equal(1234.56m, QueryText.ParseAmount(QueryText.Format(1234.56m)));
        Assert.Null(QueryText.ParseDay("31.01.2026"));
    }

    [Theory]
    [InlineData("deposit", TransferKind.Deposit)]
    [InlineData("DEPOSIT", TransferKind.Deposit)]
    [InlineData("0", null)]
    [InlineData("+0", null)]
    [InlineData("unknown", null)]
    [InlineData(null, null)]
    public void ParseName_Text_IsTheMemberOfThatName(string? text, TransferKind? expected) =>
        Assert.Equal(expected, QueryText.ParseName<TransferKind>(text));

    [Fact]
    public void Address_ParametersWithoutAValue_AreLeftOut() =>
        Assert.Equal("/history?q=a%20b&kind=x&kind=y", QueryText.Address(
            "/history", [new("q", "a b"), new("none", null), new("kind", "x"), new("kind", "y")]));

    [Fact]
    public void Distinct_BlankAndRepeatedValues_AreLeftOut() =>
        Assert.Equal(["a", "b"], QueryText.Distinct(["a", "", null, "A", "b", "c"], 2));
}
