using Amazon.DynamoDBv2.Model;
using BankPortal.Bench.Costs;

namespace BankPortal.Tests.Costs;

/// <summary>The rules by which DynamoDB counts an item's bytes, each against a case counted by hand.</summary>
[UnitTest]
public sealed class ItemSizeTests
{
    [Fact]
    public void Of_NoItem_IsNothing()
    {
        Assert.Equal(0, ItemSize.Of((Dictionary<string, AttributeValue>?)null));
        Assert.Equal(0, ItemSize.Of(new Dictionary<string, AttributeValue>(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 2)]
    [InlineData("€", 3)]
    [InlineData("😀", 4)]
    public void Of_Text_IsItsUtf8Bytes(string text, int bytes) => Assert.Equal(bytes, ItemSize.Of(Attr.S(text)));

    [Theory]
    [InlineData("0", 1)]
    [InlineData("7", 2)]
    [InlineData("42", 2)]
    [InlineData("123", 3)]
    [InlineData("12300", 3)] // Zeros at the end do not count,
    [InlineData("0.0123", 3)] // nor do those at the beginning.
    [InlineData("120.50", 3)]
    [InlineData("-42", 3)]
    [InlineData("1234567890", 6)]
    [InlineData("1.5E10", 2)]
    [InlineData("12345678901234567890123456789012345678", 20)]
    [InlineData("-12345678901234567890123456789012345678", 21)]
    public void Of_Number_IsAByteForTwoDigitsAndOneMore(string number, int bytes) =>
        Assert.Equal(bytes, ItemSize.Of(new AttributeValue { N = number }));

    [Fact]
    public void Of_OneByteTypesAndBinary_AreTheirBytes()
    {
        Assert.Equal(1, ItemSize.Of(Attr.Bool(false)));
        Assert.Equal(1, ItemSize.Of(new AttributeValue { NULL = true }));
        Assert.Equal(32, ItemSize.Of(Attr.B(new byte[32])));
    }

    [Fact]
    public void Of_Sets_AreTheSumOfTheirElements()
    {
        Assert.Equal(5, ItemSize.Of(new AttributeValue { SS = ["ab", "cde"] }));
        Assert.Equal(4, ItemSize.Of(new AttributeValue { NS = ["1", "22"] }));
        Assert.Equal(3, ItemSize.Of(new AttributeValue { BS = [new MemoryStream([1, 2]), new MemoryStream([3])] }));
    }

    [Fact]
    public void Of_ListsAndMaps_CostThreeBytesAndOneForEachElement()
    {
        var empty = new ItemWriter().SetMap("m", new Dictionary<string, AttributeValue>(StringComparer.Ordinal)).SetList("l", []).ToItem();
        Assert.Equal(1 + 3 + 1 + 3, ItemSize.Of(empty));

        // 3 for the map; 1 + "aa" + "xyz"; 1 + "b" and the list of 3 + (1 + 2) + (1 + 1).
        var nested = new ItemWriter().SetMap("map", new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["aa"] = Attr.S("xyz"),
            ["b"] = new() { L = [Attr.N(5L), Attr.Bool(true)], IsLSet = true },
        }).ToItem();
        Assert.Equal(3 + 3 + (1 + 2 + 3) + (1 + 1 + 3 + 3 + 2), ItemSize.Of(nested));
    }

    [Fact]
    public void Of_AnItem_IsNamesAndValues()
    {
        var item = new ItemWriter()
            .Set("user_id", "u-1") // 7 + 3
            .Set("balance", 150_00L) // 7 + 2
            .Set("opened", new DateOnly(2026, 11, 20)) // 6 + 10
            .Set("größe", "ß") // 7 + 2
            .ToItem();

        Assert.Equal(10 + 9 + 16 + 9, ItemSize.Of(item));
    }

    [Fact]
    public void Of_AValueWithoutAType_Throws() => Assert.Throws<ArgumentException>(() => ItemSize.Of(new AttributeValue()));

    [Fact]
    public void Of_AnyLong_GrowsWithItsDigits()
    {
        for (var digits = 1; digits <= 18; digits++)
        {
            var number = string.Concat(Enumerable.Repeat('9', digits));
            Assert.Equal(((digits + 1) / 2) + 1, ItemSize.Of(Attr.N(long.Parse(number, CultureInfo.InvariantCulture))));
        }
    }
}
