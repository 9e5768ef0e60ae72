namespace BankPortal.Web.Features.Demo;

/// <summary>Plans what a demo customer earns and spends, some 25 to 40 movements a month for most.</summary>
internal sealed class DemoPlanner
{
#pragma warning disable CA5394 // Not for secrets: the same seed must give the same history.
    private static readonly (string Shop, int Least, int Most)[] Groceries =
        [("Greenleaf Market", 18, 96), ("Corner Grocer", 6, 34), ("Harvest & Co", 22, 120)];

    private static readonly (string Shop, int Least, int Most)[] Outings =
    [
        ("Lucia's Trattoria", 24, 88), ("Blue Door Coffee", 4, 14), ("Cinema Rex", 12, 38), ("Noodle House", 13, 42), ("City Transit", 3, 28),
        ("Elm Street Books", 12, 70), ("Fuel Stop 24", 30, 78),
    ];

    private static readonly string[] Employers = ["Meridian Industries", "City Hospital", "Brightwave Software", "Lakeside School", "Atlas Freight"];
    private static readonly string[] Clients = ["Orchard Studio", "Kestrel Media", "Pinnacle Events", "Hollis & Reed", "Bluebell Press"];

    private readonly List<DemoPlan> _plans;
    private readonly DemoMember _member;
    private readonly Random _random;
    private readonly string _employer;
    private DateOnly _day;
    private int _invoices;

    private DemoPlanner(List<DemoPlan> plans, DemoMember member, Random random)
    {
        (_plans, _member, _random) = (plans, member, random);
        _employer = Employers[random.Next(Employers.Length)];
    }

    private DemoCustomer Customer => _member.Customer;

    private DemoAccount Checking => new(Customer, false);

    private DemoAccount Savings => new(Customer, true);

    private bool IsWorkday => _day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>Adds the movements of one customer.</summary>
    public static void Plan(List<DemoPlan> plans, DemoMember member, DateOnly last, Random random)
    {
        var planner = new DemoPlanner(plans, member, random);
        var end = member.Quiet < last ? member.Quiet : last;
        planner.Join();
        for (planner._day = member.Joined.AddDays(1); planner._day < end; planner._day = planner._day.AddDays(1))
        {
            planner.PlanDay();
        }

        if (member.Left is { } left)
        {
            planner.Leave(left);
        }
    }

    private void Join()
    {
        _day = _member.Joined;
        var cash = Math.Min(Customer.Opening, 500m);
        Add(TransferKind.Deposit, null, Checking, cash, "First deposit", "Cash deposit", 9, 10);
        if (Customer.Opening > cash)
        {
            Add(TransferKind.Payment, null, Checking, Customer.Opening - cash, "From my old account", "First Commerce Bank", 13, 14);
        }

        if (Customer.HasSavings && Customer.Opening > 20_000)
        {
            Add(TransferKind.Transfer, Checking, Savings, decimal.Round(Customer.Opening * 0.8m), "Saving", "", 15, 16);
        }
    }

    private void Leave(DateOnly left)
    {
        _day = left;
        if (Customer.HasSavings)
        {
            Add(TransferKind.Transfer, Savings, Checking, null, "Closing my accounts", "", 9, 10);
        }

        Add(TransferKind.Payment, Checking, null, null, "To my new bank", "First Commerce Bank", 10, 11);
    }

    private void PlanDay()
    {
        switch (Customer.Segment)
        {
            case DemoSegment.Salaried:
                if (IsPayday(25))
                {
                    Receive(Raised(Customer.Income), "Salary", _employer);
                    if (_day.Month == 12)
                    {
                        Receive(decimal.Round(Raised(Customer.Income) * 0.6m), "Year-end bonus", _employer);
                    }
                }

                Household();
                Save(26);
                Leisure(1);
                break;
            case DemoSegment.Student:
                OnDay(1, () => Receive(Customer.Income, "Allowance", "Student finance", TransferKind.Payment));
                OnDay(16, () => Receive(Amount(280, 430), "Part-time pay", "Blue Door Coffee"));
                if (_day is { Day: 20, Month: 2 or 9 })
                {
                    Receive(2_400m, "Term grant", "State university", TransferKind.Payment);
                }

                Household(small: true);
                Leisure(_day.Month is 7 or 8 ? 0.5 : 1.2);
                break;
            case DemoSegment.Retired:
                if (IsPayday(28))
                {
                    Receive(Raised(Customer.Income), "Pension", "National pension fund");
                }

                Household();
                Save(29);
                Leisure(0.6);
                Sometimes(9, () => Buy("Well & Good Pharmacy", 8, 64));
                break;
            case DemoSegment.Landlord:
                OnDay(5, () => Pay(2_850m, "Mortgage", "Union Mortgage Bank"));
                OnDay(12, () => Pay(Amount(180, 260), "Buildings insurance", "Keystone Insurance"));
                Sometimes(11, () => Pay(Amount(90, 780), "Repairs", "Fix & Fit"));
                Household();
                Save(10);
                Leisure(1);
                break;
            case DemoSegment.Freelancer:
                Freelance();
                break;
            case DemoSegment.Shop:
                Shop();
                break;
            case DemoSegment.CashTrader:
                Trade();
                break;
        }
    }

    private void Freelance()
    {
        if (IsWorkday && _random.Next(7) == 0)
        {
            // The number is drawn in any case, so that it does not depend on the amount.
            var number = ++_invoices;
            Receive(
                Amount((int)(Customer.Income * 0.2m), (int)(Customer.Income * 0.55m)),
                string.Create(CultureInfo.InvariantCulture, $"Invoice {_day.Year}-{number:000}"),
                Clients[_random.Next(Clients.Length)],
                TransferKind.Payment);
        }

        if (_day is { Day: 15, Month: 1 or 4 or 6 or 9 })
        {
            Pay(decimal.Round(Customer.Income * 0.55m), "Estimated tax", "Tax office");
        }

        Sometimes(18, () => Buy("Harbor Electronics", 40, 420));
        Household();
        Save(20);
        Leisure(1);
    }

    private void Shop()
    {
        var season = _day.Month switch { 12 => 1.7m, 11 => 1.25m, 7 or 8 => 0.8m, 1 or 2 => 0.85m, _ => 1m };
        var week = Customer.Income / 4.3m * season * Growth(0.08m);
        switch (_day.DayOfWeek)
        {
            case DayOfWeek.Monday or DayOfWeek.Thursday:
                Add(TransferKind.Deposit, null, Checking, Around(week * 0.2m), "Takings", "Cash deposit", 9, 11);
                break;
            case DayOfWeek.Tuesday or DayOfWeek.Friday:
                Receive(Around(week * 0.3m), "Card payments", "PayPoint", TransferKind.Payment);
                Pay(Around(week * 0.24m), "Supplies", _random.Next(2) == 0 ? "Central Wholesale" : "Morrow Supply");
                break;
            case DayOfWeek.Wednesday:
                Buy("Morrow Supply", 40, 240);
                break;
        }

        OnDay(1, () => Pay(Customer.Rent, "Shop rent", "Oakfield Property"));
        OnDay(4, () => Pay(Winter(Amount(220, 380)), "Electricity and gas", "City Power & Gas"));
        OnDay(10, () => Pay(Amount(110, 190), "Insurance", "Keystone Insurance"));
        if (IsPayday(28))
        {
            Pay(decimal.Round(Customer.Income * 0.14m), "Wages", "Staff 1");
            Pay(decimal.Round(Customer.Income * 0.11m), "Wages", "Staff 2");
        }

        if (_day is { Day: 15, Month: 1 or 4 or 7 or 10 })
        {
            Pay(decimal.Round(Customer.Income * 0.4m), "Sales tax", "Tax office");
        }
    }

    private void Trade()
    {
        var week = Customer.Income / 4.3m;
        switch (_day.DayOfWeek)
        {
            case DayOfWeek.Monday:
                Add(TransferKind.Deposit, null, Checking, Tens(Around(week * 0.65m)), "Market takings", "Cash deposit", 9, 12);
                break;
            case DayOfWeek.Saturday:
                Add(TransferKind.Deposit, null, Checking, Tens(Around(week * 0.35m)), "Market takings", "Cash deposit", 15, 17);
                break;
            case DayOfWeek.Wednesday:
                Add(TransferKind.Withdrawal, Checking, null, Tens(Around(week * 0.55m)), "Goods", "Cash withdrawal", 6, 8);
                break;
        }

        OnDay(6, () => Pay(Amount(90, 140), "Market stall", "City council"));
        Household(small: true);
        Leisure(0.8);
    }

    private void Household(bool small = false)
    {
        OnDay(1, () =>
        {
            if (Customer.Rent > 0)
            {
                if (Customer.IsTenant)
                {
                    Add(TransferKind.Transfer, Checking, new DemoAccount(DemoCustomer.Landlord, false), Customer.Rent, "Rent", "", 6, 7);
                }
                else
                {
                    Pay(Customer.Rent, "Rent", "Oakfield Property");
                }
            }
        });
        if (!small)
        {
            OnDay(3, () => Pay(Winter(Amount(52, 96)), "Electricity and gas", "City Power & Gas"));
        }

        OnDay(5, () => Pay(small ? 24.99m : 39.99m, "Mobile and internet", "Clearline Telecom"));
        OnDay(8, () => Buy("Streamly", 12.99m));
        if (_random.Next(7) < 2)
        {
            var (shop, least, most) = Groceries[_random.Next(Groceries.Length)];
            Buy(shop, least, small ? most / 2 : most);
        }

        Sometimes(45, () => Add(
            TransferKind.Withdrawal, Checking, null, 20m * _random.Next(2, 8), "", "Cash withdrawal", 11, 20));
    }

    // How many card payments there are beside the household; 1 is usual.
    private void Leisure(double rate)
    {
        var chance = (IsWorkday ? 0.2 : 0.65) * rate * (_day.Month == 12 ? 1.3 : 1);
        if (_random.NextDouble() < chance)
        {
            var (shop, least, most) = Outings[_random.Next(Outings.Length)];
            Buy(shop, least, most);
        }

        Sometimes(35, () => Buy("Northwind Outfitters", 45, 240));
        if (_day.Month is 7 or 8)
        {
            Sometimes(40, () => Buy("Skyline Travel", 180, 940));
        }

        if (_day is { Month: 12, Day: > 4 and < 24 })
        {
            Sometimes(8, () => Buy("Toys & Wonders", 20, 130));
        }
    }

    private void Save(int onDay)
    {
        if (Customer.HasSavings)
        {
            OnDay(onDay, () => Add(TransferKind.Transfer, Checking, Savings, Customer.Saves, "Saving", "", 8, 9));
        }
    }

    private void OnDay(int day, Action plan)
    {
        if (_day.Day == day)
        {
            plan();
        }
    }

    private void Sometimes(int onceInDays, Action plan)
    {
        if (_random.Next(onceInDays) == 0)
        {
            plan();
        }
    }

    // The last workday up to that day of the month.
    private bool IsPayday(int day)
    {
        var payday = new DateOnly(_day.Year, _day.Month, day);
        while (payday.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            payday = payday.AddDays(-1);
        }

        return _day == payday;
    }

    private decimal Raised(decimal income) => decimal.Round(income * Growth(0.03m), 2);

    private decimal Growth(decimal aYear) => 1 + (aYear * ((_day.DayNumber - _member.Joined.DayNumber) / 365));

    private decimal Winter(decimal amount) => _day.Month is 12 or 1 or 2 or 3 ? decimal.Round(amount * 1.5m, 2) : amount;

    private static decimal Tens(decimal amount) => decimal.Round(amount / 10) * 10;

    private decimal Around(decimal amount) => decimal.Round(amount * (0.8m + (0.4m * (decimal)_random.NextDouble())), 2);

    private decimal Amount(int least, int most) =>
        decimal.Round(least + ((most - least) * (decimal)Math.Pow(_random.NextDouble(), 1.6)), 2);

    private void Receive(decimal amount, string description, string from, TransferKind kind = TransferKind.Salary) =>
        Add(kind, null, Checking, amount, description, from, 5, 7);

    private void Pay(decimal amount, string description, string to) =>
        Add(TransferKind.Payment, Checking, null, amount, description, to, 7, 9);

    private void Buy(string shop, int least, int most) => Buy(shop, Amount(least, most));

    private void Buy(string shop, decimal amount) =>
        Add(TransferKind.Purchase, Checking, null, amount, "Card purchase", shop, 9, 21);

    private void Add(
        TransferKind kind,
        DemoAccount? from,
        DemoAccount? to,
        decimal? amount,
        string description,
        string outside,
        int fromHour,
        int toHour)
    {
        var time = new TimeOnly(_random.Next(fromHour, toHour), _random.Next(60), _random.Next(60));
        _plans.Add(new DemoPlan(
            new DateTimeOffset(_day.ToDateTime(time), TimeSpan.Zero), kind, from, to, amount, description, outside));
    }
#pragma warning restore CA5394
}
