using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Tests.Reports;

/// <summary>A definition and the address that says it.</summary>
[UnitTest]
public sealed class ReportAddressTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    [Fact]
    public void Read_WhatWasWritten_IsTheSameDefinition()
    {
        var random = new Random(2026);
        for (var i = 0; i < 2_000; i++)
        {
            var definition = Random(random);

            var (read, errors) = ReportAddress.Read("?" + ReportAddress.Write(definition));

            Assert.Empty(errors);
            Assert.Equal(ReportAddress.Write(definition), ReportAddress.Write(read));
            Assert.Equal(definition, read);
            Assert.Equal(definition.GetHashCode(), read.GetHashCode());
            Assert.Equal(definition.Measures, read.Measures);
            Assert.Equal(definition.By, read.By);
            Assert.Equal(definition.Pivot, read.Pivot);
            Assert.Equal(definition.Period, read.Period);
            Assert.Equal(definition.Comparison, read.Comparison);
            Assert.Equal(definition.Currency, read.Currency);
            Assert.Equal(definition.Filters.Keys, read.Filters.Keys);
            Assert.All(definition.Filters, filter => Assert.Equal(filter.Value, read.Filters[filter.Key]));
        }
    }

    [Fact]
    public void Read_ParametersInAnyOrder_IsCanonical()
    {
        var one = ReportAddress.Read("subject=transactions&measure=sum&by=month&kind=Salary,Deposit&account-type=Checking").Definition;
        var two = ReportAddress.Read("?account-type=Checking&kind=Deposit,Salary&by=month&measure=sum&subject=transactions").Definition;

        Assert.Equal(one, two);
        Assert.Equal(ReportAddress.Write(one), ReportAddress.Write(two));
    }

    [Theory]
    [InlineData("subject=unicorns", "subject")]
    [InlineData("measure=sum,nothing", "measure")]
    [InlineData("by=month,colour", "by")]
    [InlineData("pivot=colour", "pivot")]
    [InlineData("period=next-life", "period")]
    [InlineData("period=custom&from=2026-02-30&to=2026-03-01", "from")]
    [InlineData("compare=never", "compare")]
    [InlineData("currency=XXX", "currency")]
    public void Read_WhatNobodyKnows_IsNamedNextToItsField(string query, string field) =>
        Assert.Contains(ReportAddress.Read(query).Errors, error => error.FieldName == field);

    [Fact]
    public void Read_Garbage_NeverThrows()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(32, 0x2FF))]);
            var (definition, _) = ReportAddress.Read("by=" + text + "&kind=%zz&from=" + text + "&" + text);
            ReportRules.Check(definition, Today);
        }
    }

    [Theory]
    [InlineData("subject=customers&measure=sum", "measure", "Customers have no amounts")]
    [InlineData("subject=deposits&measure=median", "measure", "kept as sums")]
    [InlineData("subject=deposits&measure=sum&by=hour", "by", "have no hour")]
    [InlineData("subject=sign-ins&measure=count&by=kind", "by", "cannot be broken down by kind")]
    [InlineData("subject=transactions&measure=growth", "measure", "something to grow from")]
    [InlineData("subject=transactions&measure=share", "measure", "needs a break-down")]
    [InlineData("subject=transactions&measure=count&by=day,month", "by", "Choose one of them")]
    [InlineData("subject=transactions&measure=count&by=kind&pivot=kind", "pivot", "Choose another")]
    [InlineData("subject=transactions&measure=count&by=kind,channel,outcome", "by", "at most two")]
    [InlineData("subject=transactions&measure=count&period=custom&from=2026-05-02&to=2026-05-01", "to", "before the first")]
    [InlineData("subject=transactions&measure=count&period=custom&from=2027-05-02&to=2027-06-01", "from", "not begun")]
    [InlineData("subject=transactions&measure=count&period=custom&from=2026-05-02", "to", "first and the last")]
    [InlineData("subject=transactions&measure=count&by=day&period=last-24-months", "by", "too many")]
    [InlineData("subject=transactions&measure=count&kind=Bribe", "kind", "not a value")]
    [InlineData("subject=transactions&measure=count&month=2026-01", "month", "by the period")]
    [InlineData("subject=deposits&measure=distinct", "measure", "Different customers")]
    [InlineData("subject=deposits&measure=sum&by=rank,account-type", "by", "leave out")]
    [InlineData("subject=transactions&measure=", "measure", "at least one")]
    public void Check_Contradiction_IsExplainedNextToItsField(string query, string field, string text)
    {
        var (definition, errors) = ReportAddress.Read(query);
        Assert.Empty(errors);

        var found = ReportRules.Check(definition, Today);

        Assert.Contains(found, error => error.FieldName == field && error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_ShippedReports_HaveNoContradictionAndAreAnsweredFromCells()
    {
        foreach (var report in Core.Reports.ShippedReports.All)
        {
            foreach (var definition in report.Sections.Select(section => section.Definition)
                .Concat([report.Headline.First, report.Headline.Second ?? report.Headline.First]))
            {
                Assert.Empty(ReportRules.Check(definition, Today));
                Assert.NotNull(Core.Reports.Cubes.CubeSpec.For(definition));
            }
        }
    }

    [Theory]
    [InlineData("2028-02-29", "2028-02-29", ReportComparison.YearBefore, "2027-02-28", "2027-02-28")]
    [InlineData("2026-03-01", "2026-03-31", ReportComparison.Before, "2026-02-01", "2026-02-28")]
    [InlineData("2026-01-01", "2026-12-31", ReportComparison.Before, "2025-01-01", "2025-12-31")]
    [InlineData("2026-03-10", "2026-03-19", ReportComparison.Before, "2026-02-28", "2026-03-09")]
    [InlineData("2026-11-01", "2026-11-28", ReportComparison.Before, "2026-10-01", "2026-10-28")]
    public void Before_Period_IsAsLong(string from, string to, ReportComparison comparison, string expectedFrom, string expectedTo) =>
        Assert.Equal(
            (Day(expectedFrom), Day(expectedTo)), ReportPeriod.Before(Day(from), Day(to), comparison));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ReportDefinition Random(Random random)
    {
        var subject = Pick(Enum.GetValues<ReportSubject>());
        var definition = new ReportDefinition
        {
            Subject = subject,
            Measures = [.. Some(Enum.GetValues<ReportMeasure>(), 4).DefaultIfEmpty(ReportMeasure.Count)],
            By = [.. Some(Enum.GetValues<ReportDimension>(), 3)],
            Pivot = random.Next(2) == 0 ? null : Pick(Enum.GetValues<ReportDimension>()),
            Comparison = Pick(Enum.GetValues<ReportComparison>()),
            Currency = Pick([.. Currency.All]),
            Period = random.Next(2) == 0
                ? new ReportPeriod(Pick([.. ReportPeriod.Moving]).Name)
                : ReportPeriod.Between(Today.AddDays(-random.Next(4_000)), Today.AddDays(-random.Next(4_000))),
        };
        foreach (var dimension in Some(Enum.GetValues<ReportDimension>(), 4))
        {
            definition = definition.Where(dimension, Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Text()));
        }

        return definition;

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
        IEnumerable<T> Some<T>(T[] from, int most) => from.OrderBy(_ => random.Next()).Take(random.Next(most));
        string Text() => new([.. Enumerable.Range(0, 1 + random.Next(8)).Select(_ => "abc XYZ09,&=+%#?é“/-"[random.Next(20)])]);
    }
}
