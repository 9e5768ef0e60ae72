using BankPortal.Core.Statements;

namespace BankPortal.Tests.Statements;

[UnitTest]
public sealed class StatementPeriodTests
{
    [Theory]
    [InlineData("2026-10", "2026-10-01", "2026-10-31", StatementPeriodKind.Month)]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", StatementPeriodKind.Month)]
    [InlineData("2026-02", "2026-02-01", "2026-02-28", StatementPeriodKind.Month)]
    [InlineData("2026-Q1", "2026-01-01", "2026-03-31", StatementPeriodKind.Quarter)]
    [InlineData("2026-Q2", "2026-04-01", "2026-06-30", StatementPeriodKind.Quarter)]
    [InlineData("2026-Q4", "2026-10-01", "2026-12-31", StatementPeriodKind.Quarter)]
    [InlineData("2024", "2024-01-01", "2024-12-31", StatementPeriodKind.Year)]
    [InlineData("2026-10-03_2026-11-17", "2026-10-03", "2026-11-17", StatementPeriodKind.Days)]
    [InlineData("2026-10-03_2026-10-03", "2026-10-03", "2026-10-03", StatementPeriodKind.Days)]
    public void Parse_AName_GivesItsDaysAndBack(string name, string from, string to, StatementPeriodKind kind)
    {
        Assert.True(StatementPeriod.TryParse(name, out var period));

        Assert.Equal(new StatementPeriod(Day(from), Day(to)), period);
        Assert.Equal(kind, period.Kind);
        Assert.Equal(name, period.Key);
    }

    [Theory]
    [InlineData("2026-10-01_2026-10-31", "2026-10")]
    [InlineData("2026-07-01_2026-09-30", "2026-Q3")]
    [InlineData("2024-01-01_2024-12-31", "2024")]
    public void Parse_DaysThatAreACalendarPeriod_IsThatPeriod(string days, string name)
    {
        Assert.True(StatementPeriod.TryParse(days, out var period));
        Assert.True(StatementPeriod.TryParse(name, out var same));

        Assert.Equal(same, period);
        Assert.Equal(Statement.IdOf("a", same), Statement.IdOf("a", period));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("banana")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-1")]
    [InlineData("2026-Q5")]
    [InlineData("202")]
    [InlineData("0001")]
    [InlineData("9999-12-31_9999-12-31")]
    [InlineData("2026-02-30_2026-03-01")]
    [InlineData("2026-10-01_2026-10-31_2026-11-01")]
    [InlineData("+026-10")]
    public void Parse_AnythingElse_IsNone(string? name) => Assert.False(StatementPeriod.TryParse(name, out _));

    [Fact]
    public void IdOf_OtherAccountsOrDays_IsAnother()
    {
        var october = StatementPeriod.Month(2026, 10);
        string[] ids =
        [
            Statement.IdOf("a", october), Statement.IdOf("b", october), Statement.IdOf("a", StatementPeriod.Month(2026, 11)),
            Statement.IdOf("a", StatementPeriod.Quarter(2026, 4)), Statement.IdOf("a", StatementPeriod.Year(2026)),
        ];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.True(DerivedId.IsWellFormed(id)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
