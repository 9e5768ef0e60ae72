using BankPortal.Core.Reports.Cubes;

namespace BankPortal.Tests.Reports;

/// <summary>What cells are made of: distributions and counts of different values that can be added.</summary>
[UnitTest]
public sealed class CubeTests
{
    [Fact]
    public void Percentile_OfAnyAmounts_IsWithinOnePercent()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var amounts = Enumerable.Range(0, 1 + random.Next(300)).Select(_ => (long)Math.Exp(random.NextDouble() * 25)).ToList();
            var (one, two) = (new AmountHistogram(), new AmountHistogram());
            foreach (var amount in amounts)
            {
                (random.Next(2) == 0 ? one : two).Add(amount);
            }

            one.Add(two);
            amounts.Sort();
            foreach (var part in new[] { 0.01, 0.5, 0.9, 0.99, 1.0 })
            {
                var right = amounts[Math.Max(1, (int)Math.Ceiling(part * amounts.Count)) - 1];
                Assert.InRange(one.Percentile(part)!.Value, (right * 0.99) - 0.01, (right * 1.01) + 0.01);
            }
        }
    }

    [Fact]
    public void Percentile_OfNothing_IsNothing() => Assert.Null(new AmountHistogram().Percentile(0.5));

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(60_000)]
    public void Distinct_OfPartsInAnyOrder_IsRight(int number)
    {
        var parts = Enumerable.Range(0, 4).Select(_ => new DistinctCounter()).ToList();
        for (var i = 0; i < number; i++)
        {
            // Most values are in several parts.
            parts[i % 4].Add("value-" + i);
            parts[(i + 1) % 4].Add("value-" + i);
        }

        var (sum, reversed) = (new DistinctCounter(), new DistinctCounter());
        parts.ForEach(sum.Add);
        Enumerable.Reverse(parts).ToList().ForEach(reversed.Add);

        Assert.Equal(sum.Count(), reversed.Count());
        Assert.InRange(sum.Count(), number * 0.95, number * 1.05);
        if (number <= DistinctCounter.ExactTo)
        {
            Assert.Equal(number, sum.Count());
        }
    }

    [Fact]
    public void Cells_WrittenAndRead_AreTheSame()
    {
        var cells = new CubeCells();
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            cells.At(CubeCells.KeyOf("Kind" + (i % 7), (i % 24).ToString("00", CultureInfo.InvariantCulture)))
                .Add(random.Next(100_000) - 10, i % 2 == 0, i % 5 == 0 ? "person-" + random.Next(2_000) : null);
        }

        var read = CubeCells.Read(cells.Write());

        Assert.Equal(cells.Write(), read.Write());
        Assert.All(cells.All, cell =>
        {
            Assert.Equal(cell.Value.Count, read.All[cell.Key].Count);
            Assert.Equal(cell.Value.Sum, read.All[cell.Key].Sum);
            Assert.Equal(cell.Value.People?.Count(), read.All[cell.Key].People?.Count());
            Assert.Equal(cell.Value.Amounts?.Percentile(0.5), read.All[cell.Key].Amounts?.Percentile(0.5));
        });
    }

    [Fact]
    public void Read_OfAnotherForm_IsAFault() => Assert.Throws<InvalidDataException>(() => CubeCells.Read(new byte[] { 9, 1, 2 }));
}
