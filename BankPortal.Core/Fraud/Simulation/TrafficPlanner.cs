namespace BankPortal.Core.Fraud.Simulation;

/// <summary>
/// Generates the traffic of a small bank: honest customers with wages, rent, shops, friends, cash and occasional large purchases, and
/// among them labelled schemes of the known typologies. Seeded: the same options give the same plan.
/// </summary>
public sealed class TrafficPlanner
{
    private readonly SimulationOptions _options;
    private readonly Random _random;
    private readonly List<SimulatedEvent> _events = [];
    private readonly List<decimal> _balances = [];
    private int _schemes;

    private TrafficPlanner(SimulationOptions options)
    {
        _options = options;

        // The random numbers must be reproducible; nothing secret depends on them.
#pragma warning disable CA5394
        _random = new Random(options.Seed);
#pragma warning restore CA5394
    }

    private DateTimeOffset CountsFrom => _options.Start.AddDays(_options.WarmUpDays);

    private int AllDays => _options.WarmUpDays + _options.Days;

    /// <summary>Generates the plan for the given options.</summary>
    public static TrafficPlan Make(SimulationOptions options)
    {
        var planner = new TrafficPlanner(options);
        planner.Honest();
        planner.Schemes();
        return new TrafficPlan(
            options,
            planner._balances.Count,
            [.. planner._balances],
            [.. Enumerable.Range(options.Customers, options.Shops)],
            planner.CountsFrom,
            [.. planner._events.OrderBy(step => step.At).ThenBy(step => step.Customer).ThenBy(step => step.Scheme)]);
    }

    private void Honest()
    {
        for (var customer = 0; customer < _options.Customers; customer++)
        {
            _balances.Add(Between(3_000, 12_000));
        }

        for (var shop = 0; shop < _options.Shops; shop++)
        {
            _balances.Add(Between(5_000, 20_000));
        }

        for (var customer = 0; customer < _options.Customers; customer++)
        {
            Live(customer);
        }
    }

    // Generates one honest customer day by day. A tenth of them run a small business and deposit its takings in cash.
    private void Live(int customer)
    {
        var landlord = Other(customer);
        var friends = new[] { Other(customer), Other(customer), Other(customer), Other(customer) };
        var hasBusiness = Chance(0.1);
        var (rent, wages) = (Between(700, 1_600), Between(2_400, 5_200));
        var (rentDay, payDay) = (Whole(0, 28), Whole(0, 28));
        for (var day = 0; day < AllDays; day++)
        {
            if (day % 30 == payDay)
            {
                Add(Clock(day, 6, 9), SimulatedStep.Salary, customer, -1, wages);
            }

            if (day % 30 == rentDay)
            {
                Add(Clock(day, 10, 18), SimulatedStep.Transfer, customer, landlord, rent);
            }

            for (var visit = Whole(0, 3); visit > 0; visit--)
            {
                Maybe(0.5, day, SimulatedStep.Transfer, customer, _options.Customers + Whole(0, _options.Shops), 6, 140);
            }

            Maybe(0.15, day, SimulatedStep.Transfer, customer, friends[Whole(0, friends.Length)], 5, 180);
            Maybe(0.04, day, SimulatedStep.Transfer, customer, Other(customer), 10, 400);
            Maybe(0.12, day, SimulatedStep.Withdrawal, customer, -1, 20, 300);
            Maybe(0.02, day, SimulatedStep.Deposit, customer, -1, 50, 900);
            Maybe(0.05, day, SimulatedStep.Saving, customer, -1, 50, 600);
            Maybe(0.0015, day, SimulatedStep.Transfer, customer, Other(customer), 2_000, 7_000);
            Maybe(0.004, day, SimulatedStep.CredentialChange, customer, -1, 0, 0);
            if (Chance(0.01))
            {
                // Sharing the bill of an evening.
                var at = Clock(day, 19, 23);
                for (var guest = Whole(2, 5); guest > 0; guest--)
                {
                    at = at.AddMinutes(Whole(1, 4));
                    Add(at, SimulatedStep.Transfer, customer, friends[guest % friends.Length], Between(15, 60));
                }
            }

            if (hasBusiness)
            {
                Maybe(0.6, day, SimulatedStep.Deposit, customer, -1, 300, 1_800);
            }
        }
    }

    private void Schemes()
    {
        for (var i = 0; i < _options.SchemesOfEach; i++)
        {
            PassThrough();
            Structuring();
            AccountTakeover();
            FanIn();
            FanOut();
            Smurfing();
        }
    }

    private void PassThrough()
    {
        var scheme = ++_schemes;
        var (source, mule, next) = (Newcomer(9_000), Newcomer(200), Newcomer(100));
        var at = SchemeTime(1);
        var amount = Between(1_800, 7_500);
        Add(at, SimulatedStep.Transfer, source, mule, amount, Typology.PassThrough, scheme);
        var parts = Whole(1, 3);
        for (var part = 0; part < parts; part++)
        {
            at = at.AddMinutes(Whole(3, 22));
            Add(
                at,
                SimulatedStep.Transfer,
                mule,
                next,
                Cents(amount * (decimal)(0.86 + (0.12 * Fraction())) / parts),
                Typology.PassThrough,
                scheme);
        }
    }

    private void Structuring()
    {
        var scheme = ++_schemes;
        var customer = Newcomer(4_000);
        var at = SchemeTime(3);
        if (Chance(0.5))
        {
            for (var deposit = Whole(2, 5); deposit > 0; deposit--)
            {
                Add(at, SimulatedStep.Deposit, customer, -1, Between(8_100, 9_950), Typology.Structuring, scheme);
                at = at.AddHours(Whole(2, 22));
            }
        }
        else
        {
            for (var deposit = 0; deposit < 4; deposit++)
            {
                Add(at, SimulatedStep.Deposit, customer, -1, Between(3_400, 6_500), Typology.Structuring, scheme);
                at = at.AddHours(Whole(2, 12));
            }
        }
    }

    private void AccountTakeover()
    {
        var scheme = ++_schemes;
        var (victim, thief) = (Newcomer(Between(4_000, 9_500)), Newcomer(100));
        var at = SchemeTime(1);
        Add(at, SimulatedStep.CredentialChange, victim, -1, 0, Typology.AccountTakeover, scheme);
        var amount = _balances[victim] * (decimal)(0.7 + (0.25 * Fraction()));
        var parts = Whole(1, 4);
        for (var part = 0; part < parts; part++)
        {
            at = at.AddMinutes(Whole(8, 240));
            Add(at, SimulatedStep.Transfer, victim, thief, Cents(amount / parts), Typology.AccountTakeover, scheme);
        }
    }

    private void FanIn()
    {
        var scheme = ++_schemes;
        var collector = Newcomer(100);
        var at = SchemeTime(1);
        for (var sender = Whole(7, 13); sender > 0; sender--)
        {
            Add(at, SimulatedStep.Transfer, Newcomer(1_500), collector, Between(150, 900), Typology.FanIn, scheme);
            at = at.AddMinutes(Whole(10, 110));
        }
    }

    private void FanOut()
    {
        var scheme = ++_schemes;
        var customer = Newcomer(9_000);
        var at = SchemeTime(1);
        for (var receiver = Whole(7, 13); receiver > 0; receiver--)
        {
            Add(at, SimulatedStep.Transfer, customer, Newcomer(50), Between(100, 650), Typology.FanOut, scheme);
            at = at.AddMinutes(Whole(10, 110));
        }
    }

    private void Smurfing()
    {
        var scheme = ++_schemes;
        var (customer, next) = (Newcomer(500), Newcomer(100));
        var at = SchemeTime(3);
        var sum = 0m;
        for (var deposit = Whole(6, 11); deposit > 0; deposit--)
        {
            var amount = Between(450, 1_600);
            sum += amount;
            Add(at, SimulatedStep.Deposit, customer, -1, amount, Typology.Smurfing, scheme);
            at = at.AddMinutes(Whole(30, 260));
        }

        Add(at.AddHours(2), SimulatedStep.Transfer, customer, next, Cents(Math.Min(9_000m, sum * 0.9m)), Typology.Smurfing, scheme);
    }

    private void Maybe(double chance, int day, SimulatedStep step, int customer, int counterparty, int from, int to)
    {
        // Draw all numbers whether or not it happens, so that one event more or less does not shift the events after it.
        var (happens, at, amount) = (Chance(chance), Clock(day, 7, 23), Between(from, to));
        if (happens)
        {
            Add(at, step, customer, counterparty, amount);
        }
    }

    private void Add(
        DateTimeOffset at,
        SimulatedStep step,
        int customer,
        int counterparty,
        decimal amount,
        Typology typology = Typology.Normal,
        int scheme = 0) =>
        _events.Add(new SimulatedEvent(at, step, customer, counterparty, amount, typology, scheme));

    // Adds a customer who exists only for a scheme: an account a few weeks old with a small balance.
    private int Newcomer(decimal balance)
    {
        _balances.Add(balance);
        return _balances.Count - 1;
    }

    private int Other(int customer)
    {
        var other = Whole(0, _options.Customers - 1);
        return other >= customer ? other + 1 : other;
    }

    private DateTimeOffset Clock(int day, int from, int to) => _options.Start.AddDays(day).AddSeconds(Whole(from * 3600, to * 3600));

    // Early enough that the scheme ends within the evaluated days.
    private DateTimeOffset SchemeTime(int lasting) =>
        CountsFrom.AddDays(Whole(0, Math.Max(1, _options.Days - lasting))).AddSeconds(Whole(0, 24 * 3600));

    private decimal Between(decimal from, decimal to) => Cents(from + ((to - from) * (decimal)Fraction()));

    private bool Chance(double chance) => Fraction() < chance;

    private static decimal Cents(decimal amount) => decimal.Round(amount, 2);

#pragma warning disable CA5394 // See above.
    private double Fraction() => _random.NextDouble();

    private int Whole(int from, int to) => _random.Next(from, to);
#pragma warning restore CA5394
}
