namespace BankPortal.Web.Features.Demo;

/// <summary>A plausible year of the demonstration's customers. The same last day always gives the same year.</summary>
internal static class DemoYear
{
    public const int Days = 365;

    private static readonly (string Shop, decimal Least, decimal Most)[] Groceries =
        [("Greenleaf Market", 18, 96), ("Corner Grocer", 6, 34), ("Harvest & Co", 22, 120)];

    private static readonly (string Shop, decimal Least, decimal Most)[] Outings =
    [
        ("Lucia's Trattoria", 24, 88),
        ("Blue Door Coffee", 4, 14),
        ("Cinema Rex", 12, 38),
        ("Noodle House", 13, 42),
        ("City Transit", 3, 28),
    ];

    private static readonly (string Shop, decimal Least, decimal Most)[] Rarely =
    [
        ("Northwind Outfitters", 45, 240),
        ("Elm Street Books", 12, 70),
        ("Harbor Electronics", 60, 690),
        ("Well & Good Pharmacy", 8, 64),
        ("Fuel Stop 24", 30, 78),
    ];

    /// <summary>The movements, oldest first.</summary>
    /// <param name="last">The day after the last movement.</param>
    /// <param name="people">Who takes part; staff are left out.</param>
    public static IReadOnlyList<DemoMovement> Of(DateOnly last, IReadOnlyList<DemoPerson> people)
    {
        var movements = new List<DemoMovement>();
        var customers = people.Where(person => person.IsCustomer).ToList();
        for (var i = 0; i < customers.Count; i++)
        {
            // Not for secrets: a fixed seed is the point.
#pragma warning disable CA5394
            AddYear(movements, customers[i], customers, last, new Random(20260101 + i));
#pragma warning restore CA5394
        }

        return [.. movements.OrderBy(movement => movement.At)];
    }

#pragma warning disable CA5394
    private static void AddYear(List<DemoMovement> movements, DemoPerson person, List<DemoPerson> customers, DateOnly last, Random random)
    {
        var first = last.AddDays(-Days);
        movements.Add(
            new(
                Time(first, random, 9, 10),
                TransferKind.Deposit,
                null,
                person,
                false,
                decimal.Round(person.Salary * 1.4m),
                "First deposit",
                "Cash deposit"
            )
        );
        for (var day = first.AddDays(1); day < last; day = day.AddDays(1))
        {
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            switch (day.Day)
            {
                case 1:
                    Pay(TransferKind.Payment, person.Rent, "Rent", "Oakfield Property", 6, 7);
                    break;
                case 3:
                    Pay(TransferKind.Payment, Amount(random, 58, 122), "Electricity and gas", "City Power & Gas", 7, 8);
                    break;
                case 5:
                    Pay(TransferKind.Payment, 39.99m, "Mobile and internet", "Clearline Telecom", 7, 8);
                    break;
                case 8:
                    Pay(TransferKind.Purchase, 12.99m, "Monthly subscription", "Streamly", 4, 5);
                    break;
                case 25:
                    movements.Add(
                        new(
                            Time(day, random, 5, 6),
                            TransferKind.Salary,
                            null,
                            person,
                            false,
                            person.Salary,
                            "Salary",
                            "Meridian Industries"
                        )
                    );
                    break;
                case 26:
                    movements.Add(new(Time(day, random, 8, 9), TransferKind.Transfer, person, person, true, person.Saves, "Saving", ""));
                    break;
            }

            if (random.Next(7) < 2)
            {
                Buy(Groceries[random.Next(Groceries.Length)], "Groceries");
            }

            if (random.Next(7) < (weekend ? 4 : 1))
            {
                Buy(Outings[random.Next(Outings.Length)], "Card purchase");
            }

            if (random.Next(30) == 0)
            {
                Buy(Rarely[random.Next(Rarely.Length)], "Card purchase");
            }

            if (random.Next(45) == 0)
            {
                Pay(TransferKind.Withdrawal, 20m * random.Next(2, 8), "", "Cash withdrawal", 11, 20);
            }

            if (random.Next(40) == 0 && customers[random.Next(customers.Count)] is var friend && friend != person)
            {
                var reason = new[] { "Dinner, thank you!", "Concert tickets", "Birthday present", "Weekend trip" }[random.Next(4)];
                movements.Add(
                    new(Time(day, random, 17, 22), TransferKind.Transfer, person, friend, false, Amount(random, 12, 95), reason, "")
                );
            }

            void Pay(TransferKind kind, decimal amount, string description, string outside, int fromHour, int toHour) =>
                movements.Add(new(Time(day, random, fromHour, toHour), kind, person, null, false, amount, description, outside));

            void Buy((string Shop, decimal Least, decimal Most) at, string description) =>
                Pay(TransferKind.Purchase, Amount(random, at.Least, at.Most), description, at.Shop, 8, 21);
        }
    }

    private static DateTimeOffset Time(DateOnly day, Random random, int fromHour, int toHour) =>
        new(day.ToDateTime(new TimeOnly(random.Next(fromHour, toHour), random.Next(60), random.Next(60))), TimeSpan.Zero);

    private static decimal Amount(Random random, decimal least, decimal most) =>
        decimal.Round(least + ((most - least) * (decimal)Math.Pow(random.NextDouble(), 1.6)), 2);
#pragma warning restore CA5394
}
