using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Bench.Costs;

namespace BankPortal.Tests.Costs;

/// <summary>Request units by the documented rules.</summary>
[UnitTest]
public sealed class UnitsTests
{
    private static readonly TableSpec Plain = new("Plain", KeySpec.S("id"));
    private static readonly TableSpec Indexed = new("Indexed", KeySpec.S("id"))
    {
        Indexes =
        [
            new IndexSpec("All", KeySpec.S("state"), KeySpec.S("at"), ProjectionType.ALL),
            new IndexSpec("Keys", KeySpec.S("kind"), null, ProjectionType.KEYS_ONLY),
            new IndexSpec("Some", KeySpec.S("group"), null, ProjectionType.INCLUDE, "name"),
        ],
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(12288, 3)]
    public void OfRead_OneItem_CountsBlocksOfFourKilobytes(int size, int blocks)
    {
        Assert.Equal(new Units(blocks, 0), Units.OfRead(size, consistent: true));
        Assert.Equal(new Units(blocks / 2m, 0), Units.OfRead(size, consistent: false));
    }

    [Fact]
    public void OfQuery_ManySmallItems_RoundsTheirSum()
    {
        Assert.Equal(new Units(2, 0), Units.OfQuery(Enumerable.Repeat(410, 10).Append(10), consistent: true));
        Assert.Equal(new Units(1, 0), Units.OfQuery(Enumerable.Repeat(409, 10), consistent: true));
        Assert.Equal(new Units(0.5m, 0), Units.OfQuery([], consistent: false));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1024, 1)]
    [InlineData(1, 1025, 2)]
    [InlineData(3000, 10, 3)]
    [InlineData(0, 10, 1)]
    [InlineData(10, 0, 1)]
    [InlineData(0, 0, 1)]
    public void OfWrite_BeforeAndAfter_CountsTheLargerInBlocksOfOneKilobyte(int before, int after, int blocks)
    {
        Assert.Equal(new Units(0, blocks), Units.OfWrite(Plain, Sized(before), Sized(after), inTransaction: false));
        Assert.Equal(new Units(0, 2 * blocks), Units.OfWrite(Plain, Sized(before), Sized(after), inTransaction: true));
    }

    [Fact]
    public void OfWrite_IndexEntries_CostOnlyWhatChangesInThem()
    {
        var plain = Item(("id", "1"), ("name", "a"));
        var held = Item(("id", "1"), ("name", "a"), ("state", "held"), ("at", "1"));
        var heldLater = Item(("id", "1"), ("name", "a"), ("state", "held"), ("at", "2"));
        var renamed = Item(("id", "1"), ("name", "b"), ("state", "held"), ("at", "1"));

        // The item itself is one unit each time.
        Assert.Equal(1, Write(plain, plain));
        Assert.Equal(2, Write(plain, held));
        Assert.Equal(1, Write(held, held));
        Assert.Equal(2, Write(held, renamed));
        Assert.Equal(3, Write(held, heldLater));
        Assert.Equal(2, Write(held, plain));
        Assert.Equal(2, Write(held, null));

        // Half of a key is none.
        Assert.Equal(1, Write(plain, Item(("id", "1"), ("state", "held"))));
    }

    [Fact]
    public void OfWrite_AnAttributeTheIndexDoesNotHold_CostsNothingThere()
    {
        var before = Item(("id", "1"), ("kind", "user"), ("group", "g"), ("name", "a"), ("other", "1"));

        Assert.Equal(1, Write(before, Item(("id", "1"), ("kind", "user"), ("group", "g"), ("name", "a"), ("other", "2"))));
        Assert.Equal(2, Write(before, Item(("id", "1"), ("kind", "user"), ("group", "g"), ("name", "b"), ("other", "1"))));
    }

    [Fact]
    public void OfAMillion_UnitsOfBothKinds_IsTheListPrice() => Assert.Equal(6.25m + 0.375m, Prices.OfAMillion(new Units(3, 10)));

    private static decimal Write(Dictionary<string, AttributeValue>? before, Dictionary<string, AttributeValue>? after) =>
        Units.OfWrite(Indexed, before, after, inTransaction: false).Write;

    private static Dictionary<string, AttributeValue>? Sized(int size) => size == 0 ? null : Item(("x", new string('x', size - 1)));

    private static Dictionary<string, AttributeValue> Item(params (string Name, string Value)[] attributes) =>
        attributes.ToDictionary(a => a.Name, a => Attr.S(a.Value), StringComparer.Ordinal);
}
