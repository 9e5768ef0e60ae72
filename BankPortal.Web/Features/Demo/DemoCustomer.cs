namespace BankPortal.Web.Features.Demo;

/// <summary>How a demo customer earns and spends.</summary>
internal enum DemoSegment
{
    Salaried,
    Student,
    Retired,
    Landlord,
    Freelancer,
    Shop,
    CashTrader,
}

/// <summary>A customer of the demonstration bank without a sign-in, who is there for the figures of the bank.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Segment">How the customer earns and spends.</param>
/// <param name="JoinedDaysAgo">How many days before the last day the customer joined, in a history of <see cref="FullHistory"/> days.</param>
/// <param name="Income">The monthly income in major units; for shops and traders the monthly takings.</param>
/// <param name="Opening">What the customer brings along, in major units.</param>
/// <param name="Rent">The monthly rent; zero for an own home.</param>
/// <param name="Saves">What goes to savings each month; zero for a customer without a savings account.</param>
internal sealed record DemoCustomer(
    string Name, DemoSegment Segment, int JoinedDaysAgo, decimal Income, decimal Opening, decimal Rent = 0, decimal Saves = 0)
{
    /// <summary>The days that <see cref="JoinedDaysAgo"/> is counted in.</summary>
    public const int FullHistory = 730;

    /// <summary>Whether the rent goes to the demo landlord, who is a customer of the bank too.</summary>
    public bool IsTenant { get; init; }

    /// <summary>After this share of the time as a customer nothing moves any more; <see langword="null"/> for an active customer.</summary>
    public double? QuietAfter { get; init; }

    /// <summary>After this share of the time as a customer the accounts are emptied and closed.</summary>
    public double? LeftAfter { get; init; }

    public string Email => DemoPerson.AddressOf(Name);

    public bool HasSavings => Saves > 0;

    public static DemoCustomer Landlord { get; } = new("Henrik Aas", DemoSegment.Landlord, 730, 0, 42_000, Saves: 4_000);

    /// <summary>Everybody: more join as time goes on, some fall asleep, some leave.</summary>
    public static ImmutableArray<DemoCustomer> All { get; } =
    [
        Landlord,
        new("Grace Whitfield", DemoSegment.Retired, 730, 2_900, 68_000, Saves: 300),
        new("Marcus Bell", DemoSegment.Salaried, 729, 4_100, 6_200, 1_250, 400) { IsTenant = true },
        new("Elena Petrova", DemoSegment.Salaried, 728, 5_300, 9_800, 1_500, 800) { IsTenant = true },
        new("Bright Bakery", DemoSegment.Shop, 726, 21_000, 12_500, 2_600),
        new("Yusuf Demir", DemoSegment.CashTrader, 724, 9_500, 2_400, 700),
        new("Hannah Sorensen", DemoSegment.Salaried, 718, 3_600, 3_100, 1_050, 250) { IsTenant = true },
        new("Oliver Grant", DemoSegment.Freelancer, 712, 4_800, 7_400, 1_200, 350),
        new("Dorothy Lang", DemoSegment.Retired, 705, 2_300, 31_000, Saves: 150),
        new("Chloe Martin", DemoSegment.Student, 698, 880, 1_200, 420) { QuietAfter = 0.45 },
        new("Peter Novotny", DemoSegment.Salaried, 684, 4_450, 4_900, 1_180, 500) { LeftAfter = 0.55 },
        new("Amara Diallo", DemoSegment.Salaried, 668, 5_900, 11_300, 1_700, 1_100),
        new("Lotus Flowers", DemoSegment.Shop, 651, 14_500, 8_200, 1_900),
        new("Samuel Ortiz", DemoSegment.Freelancer, 634, 3_900, 2_800, 980, 200) { IsTenant = true },
        new("Ingrid Halvorsen", DemoSegment.Retired, 615, 3_400, 92_000, Saves: 500),
        new("Kenji Watanabe", DemoSegment.Salaried, 594, 6_800, 15_600, 1_950, 1_400),
        new("Zoe Fischer", DemoSegment.Student, 573, 940, 1_500, 460),
        new("Victor Hugo Reyes", DemoSegment.CashTrader, 552, 12_800, 3_900, 900),
        new("Emma Kowalski", DemoSegment.Salaried, 530, 3_350, 2_600, 990, 200) { QuietAfter = 0.4 },
        new("Northgate Cycles", DemoSegment.Shop, 512, 17_200, 10_400, 2_100),
        new("Isabel Moreau", DemoSegment.Salaried, 491, 4_700, 5_700, 1_350, 600) { IsTenant = true },
        new("Jonas Weber", DemoSegment.Freelancer, 468, 6_200, 8_900, 1_300, 700),
        new("Fatima Haddad", DemoSegment.Salaried, 447, 4_050, 3_800, 1_120, 350) { IsTenant = true },
        new("Walter Simmons", DemoSegment.Retired, 425, 2_650, 44_500, Saves: 200) { LeftAfter = 0.6 },
        new("Nina Johansson", DemoSegment.Salaried, 401, 5_150, 7_700, 1_480, 750),
        new("Leo Marchetti", DemoSegment.Student, 380, 820, 900, 390),
        new("Aisha Karim", DemoSegment.Salaried, 358, 3_900, 3_300, 1_080, 300),
        new("Theo Papadakis", DemoSegment.Freelancer, 337, 4_300, 3_600, 1_050, 250) { QuietAfter = 0.5 },
        new("Clara Nystrom", DemoSegment.Salaried, 314, 4_950, 6_500, 1_400, 650) { IsTenant = true },
        new("Harbor Street Cafe", DemoSegment.Shop, 292, 19_800, 9_600, 2_400),
        new("Mateo Alvarez", DemoSegment.Salaried, 268, 3_700, 2_900, 1_010, 250),
        new("Ruth Abrams", DemoSegment.Retired, 246, 3_050, 57_000, Saves: 350),
        new("Priscilla Owusu", DemoSegment.Salaried, 223, 4_250, 4_100, 1_160, 400),
        new("Felix Brandt", DemoSegment.Student, 205, 900, 1_100, 430),
        new("Simone Laurent", DemoSegment.Freelancer, 183, 5_400, 6_800, 1_250, 500),
        new("Carlos Mendes", DemoSegment.CashTrader, 160, 8_200, 2_100, 650),
        new("Alice Thornton", DemoSegment.Salaried, 139, 5_600, 8_400, 1_600, 850) { IsTenant = true },
        new("Bao Nguyen", DemoSegment.Salaried, 117, 4_600, 5_200, 1_290, 550),
        new("Juliette Roche", DemoSegment.Salaried, 96, 3_800, 3_500, 1_040, 300) { LeftAfter = 0.7 },
        new("Green Fork Deli", DemoSegment.Shop, 78, 15_900, 11_200, 2_000),
        new("Owen Gallagher", DemoSegment.Salaried, 61, 4_350, 4_600, 1_210, 450),
        new("Maria Silva", DemoSegment.Student, 47, 860, 1_300, 410),
        new("Erik Lund", DemoSegment.Freelancer, 33, 5_000, 7_100, 1_180, 400),
        new("Tessa Vermeer", DemoSegment.Salaried, 19, 4_800, 6_900, 1_380, 600),
        new("Rashid Anwar", DemoSegment.Salaried, 12, 4_150, 3_700, 1_090, 350),
        new("Lily Cartwright", DemoSegment.Student, 5, 900, 1_600, 440),
    ];
}
