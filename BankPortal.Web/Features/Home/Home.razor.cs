namespace BankPortal.Web.Features.Home;

public sealed partial class Home
{
    private static readonly ImmutableArray<(DateOnly Day, string Text, Money Value)> Specimen =
    [
        (new DateOnly(2026, 3, 2), "Balance brought forward", Money.Of(1_204.18m, Currency.Usd)),
        (new DateOnly(2026, 3, 3), "Salary", Money.Of(3_150.00m, Currency.Usd)),
        (new DateOnly(2026, 3, 4), "Rent", Money.Of(-1_380.00m, Currency.Usd)),
        (new DateOnly(2026, 3, 6), "Groceries", Money.Of(-64.27m, Currency.Usd)),
        (new DateOnly(2026, 3, 9), "To savings", Money.Of(-400.00m, Currency.Usd)),
    ];

    // Added up, not typed: even an example has to be right.
    private static Money SpecimenTotal => Specimen.Aggregate(Money.Zero(Currency.Usd), (sum, line) => sum + line.Value);
}
