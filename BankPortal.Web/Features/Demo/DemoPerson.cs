namespace BankPortal.Web.Features.Demo;

/// <summary>Somebody of the demonstration bank.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Role">The role.</param>
/// <param name="Salary">Monthly net salary in the bank's currency; zero for staff, who hold no accounts.</param>
/// <param name="Rent">Monthly rent.</param>
/// <param name="Saves">What goes to savings each month.</param>
internal sealed record DemoPerson(string Name, string Role, decimal Salary = 0, decimal Rent = 0, decimal Saves = 0)
{
    /// <summary>The password of everybody in the demonstration. It protects made-up money on a developer's machine.</summary>
    public const string Password = "Quiet-Harbour-26";

    public static ImmutableArray<DemoPerson> All { get; } =
    [
        new("Ava Chen", BankRoles.Customer, 4_850, 1_450, 600),
        new("Liam Novak", BankRoles.Customer, 3_200, 980, 250),
        new("Sofia Rossi", BankRoles.Customer, 6_100, 2_100, 900),
        new("Noah Okafor", BankRoles.Customer, 2_750, 820, 150),
        new("Maya Lindqvist", BankRoles.Analyst),
        new("Daniel Ferreira", BankRoles.Compliance),
        new("Priya Raman", BankRoles.Manager),
        new("Tom Becker", BankRoles.Admin),
    ];

    public bool IsCustomer => Role == BankRoles.Customer;

    public string Email => AddressOf(Name);

#pragma warning disable CA1308 // An address is written in lower case.
    /// <summary>The e-mail address of somebody of the demonstration.</summary>
    public static string AddressOf(string name) => name.ToLowerInvariant().Replace(' ', '.') + "@demo.example";
#pragma warning restore CA1308
}
