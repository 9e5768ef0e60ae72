using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Dynamo;

[EngineTest]
public sealed class ItemTests
{
    private static readonly TableSpec Things = new("Things", KeySpec.S("id"));

    [Theory, EveryEngine]
    public async Task Reader_AfterRoundTripThroughEngine_ReadsWhatWriterWrote(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [Things]);
        var time = DateTimeOffset.Parse("2026-11-20T07:47:47.1234567+05:30", CultureInfo.InvariantCulture);
        var item = new ItemWriter()
            .Set("id", "x")
            .Set("long", long.MinValue)
            .Set("decimal", 79228162514264337593543950335m)
            .Set("fraction", 0.0000000000000000000000000001m)
            .Set("bool", false)
            .Set("time", time)
            .Set("day", new DateOnly(2024, 2, 29))
            .Set("enum", DayOfWeek.Friday)
            .Set("bytes", [0, 255])
            .SetStrings("set", ["b", "a", "b"])
            .SetList("list", [Attr.S("1"), Attr.N(2)])
            .SetList("empty_list", [])
            .SetMap("map", new ItemWriter().Set("inner", "y").ToItem())
            .SetTtl("ttl", time)
            .Set("empty", kind == EngineKind.DynamoDbLocal ? null : "") // The early 2020 engine still refuses empty strings.
            .Set("nothing", (string?)null)
            .SetStrings("no_set", [])
            .ToItem();
        var name = fixture.Database.TableName(Things);

        await fixture.Database.Client.PutItemAsync(name, item);
        var stored = (await fixture.Database.Client.GetItemAsync(name, new() { ["id"] = Attr.S("x") })).Item;

        var reader = new ItemReader(stored);
        Assert.Equal(long.MinValue, reader.Long("long"));
        Assert.Equal(79228162514264337593543950335m, reader.Decimal("decimal"));
        Assert.Equal(0.0000000000000000000000000001m, reader.Decimal("fraction"));
        Assert.False(reader.Bool("bool"));
        Assert.Equal(time, reader.Time("time"));
        Assert.Equal(new DateOnly(2024, 2, 29), reader.Day("day"));
        Assert.Equal(DayOfWeek.Friday, reader.Enum<DayOfWeek>("enum"));
        Assert.Equal([0, 255], reader.Bytes("bytes"));
        Assert.Equal(["a", "b"], reader.Strings("set").Order(StringComparer.Ordinal));
        Assert.Equal(2, reader.List("list").Count);
        Assert.Empty(reader.List("empty_list"));
        Assert.Equal("y", reader.Map("map").String("inner"));
        Assert.Equal(time.ToUnixTimeSeconds(), reader.TtlOrNull("ttl")!.Value.ToUnixTimeSeconds());
        Assert.Equal(kind == EngineKind.DynamoDbLocal ? null : "", reader.StringOrNull("empty"));
        Assert.False(reader.Has("nothing"));
        Assert.False(reader.Has("no_set"));
        Assert.Empty(reader.Strings("no_set"));
    }

    [Fact]
    public void FormatTime_AnyOffset_IsUtcWithSevenDecimals() =>
        Assert.Equal(
            "2026-11-20T02:17:47.1200000Z",
            Attr.FormatTime(DateTimeOffset.Parse("2026-11-20T07:47:47.12+05:30", CultureInfo.InvariantCulture))
        );

    [Fact]
    public void Reader_MissingAttribute_SaysWhich()
    {
        var reader = new ItemReader(new Dictionary<string, AttributeValue>());

        Assert.Contains("'owner'", Assert.Throws<InvalidDataException>(() => reader.String("owner")).Message, StringComparison.Ordinal);
        Assert.Null(reader.StringOrNull("owner"));
        Assert.Null(reader.LongOrNull("owner"));
        Assert.Null(reader.TimeOrNull("owner"));
    }

    [Fact]
    public void Reader_WrongType_SaysWhichAndWhat()
    {
        var reader = new ItemReader(new ItemWriter().Set("n", "text").Set("day", 3).Set("e", "Someday").ToItem());

        Assert.Contains(
            "'n' is not a number",
            Assert.Throws<InvalidDataException>(() => reader.Long("n")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'day' is not a string",
            Assert.Throws<InvalidDataException>(() => reader.Day("day")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'e' is not a DayOfWeek",
            Assert.Throws<InvalidDataException>(() => reader.Enum<DayOfWeek>("e")).Message,
            StringComparison.Ordinal
        );
    }
}
