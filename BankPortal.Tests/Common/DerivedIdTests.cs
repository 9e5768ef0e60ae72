using FsCheck.Fluent;

namespace BankPortal.Tests.Common;

[UnitTest]
public sealed class DerivedIdTests
{
    [Fact]
    public void From_KnownParts_NeverChanges()
    {
        // Ids are stored: if this fails, every repeat of an older request would miss its first try.
        Assert.Equal("5B704F14FE1HQA9RV7SY", DerivedId.From("transfer", "user-1", "key-1"));
    }

    [Fact]
    public void From_AnyParts_IsWellFormedAndTheSameEachTime() =>
        Properties.Holds(Properties.AnyText.Two(), parts =>
        {
            var id = DerivedId.From(parts.Item1, parts.Item2);
            return DerivedId.IsWellFormed(id) && id == DerivedId.From(parts.Item1, parts.Item2);
        });

    [Fact]
    public void From_TextMovedBetweenParts_IsAnotherId() =>
        Properties.Holds(Gen.Elements("a", "1:a,", "ab", "0:,", ":", ",", "12").Three(), parts =>
            DerivedId.From(parts.Item1, parts.Item2 + parts.Item3) != DerivedId.From(parts.Item1 + parts.Item2, parts.Item3)
            && DerivedId.From(parts.Item1 + parts.Item2) != DerivedId.From(parts.Item1, parts.Item2));

    [Fact]
    public void Random_ManyTimes_NeverRepeats()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => DerivedId.Random()).ToList();

        Assert.All(ids, id => Assert.True(DerivedId.IsWellFormed(id)));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789ABCDEFGHJ")]
    [InlineData("0123456789ABCDEFGHJKM")]
    [InlineData("0123456789ABCDEFGHJI")]
    [InlineData("0123456789abcdefghjk")]
    [InlineData("0123456789ABCDEFGH#K")]
    [InlineData("0123456789ABCDEFGHJ٣")]
    public void IsWellFormed_AnythingElse_IsNot(string? text) => Assert.False(DerivedId.IsWellFormed(text));
}
