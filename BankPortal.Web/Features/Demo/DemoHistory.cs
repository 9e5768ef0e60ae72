namespace BankPortal.Web.Features.Demo;

/// <summary>
/// The history of the demo customers without a sign-in: who joined and left when, and what moved. The same last day and length always give
/// the same history, in which nobody spends more than there is. Immutable.
/// </summary>
internal sealed class DemoHistory
{
    private DemoHistory(DateOnly first, DateOnly last, ImmutableArray<DemoPosting> postings, ImmutableArray<DemoMember> members) =>
        (First, Last, Postings, Members) = (first, last, postings, members);

    /// <summary>The first day.</summary>
    public DateOnly First { get; }

    /// <summary>The day after the last movement.</summary>
    public DateOnly Last { get; }

    /// <summary>All movements, oldest first.</summary>
    public ImmutableArray<DemoPosting> Postings { get; }

    /// <summary>Who joined, in that order.</summary>
    public ImmutableArray<DemoMember> Members { get; }

    /// <summary>Makes the history.</summary>
    /// <param name="last">The day after the last movement.</param>
    /// <param name="days">How many days it is long; at least one.</param>
    public static DemoHistory Of(DateOnly last, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        var members = DemoCustomer.All.Select(customer => DemoMember.Of(customer, last, days)).OrderBy(member => member.Joined).ToList();
        var planned = new List<DemoPlan>();
        for (var i = 0; i < members.Count; i++)
        {
            // Not for secrets: a fixed seed is the point.
#pragma warning disable CA5394
            DemoPlanner.Plan(planned, members[i], last, new Random(20240101 + i));
#pragma warning restore CA5394
        }

        return new DemoHistory(last.AddDays(-days), last, Afford(planned.OrderBy(plan => plan.At)), [.. members]);
    }

    // Somebody short of money does not buy it: a movement that the balance does not cover is left out.
    private static ImmutableArray<DemoPosting> Afford(IEnumerable<DemoPlan> planned)
    {
        var balances = new Dictionary<DemoAccount, decimal>();
        var postings = ImmutableArray.CreateBuilder<DemoPosting>();
        foreach (var plan in planned)
        {
            var available = plan.From is { } from ? balances.GetValueOrDefault(from) : decimal.MaxValue;
            var amount = plan.Amount ?? available;
            if (amount <= 0 || amount > available)
            {
                continue;
            }

            if (plan.From is { } debited)
            {
                balances[debited] = available - amount;
            }

            if (plan.To is { } credited)
            {
                balances[credited] = balances.GetValueOrDefault(credited) + amount;
            }

            postings.Add(new DemoPosting(
                postings.Count, plan.At, plan.Kind, plan.From, plan.To, amount, plan.Description, plan.Outside));
        }

        return postings.ToImmutable();
    }
}

/// <summary>A customer's time with the bank.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Joined">The first day.</param>
/// <param name="Quiet">From this day on nothing moves; the last day of the history for an active customer.</param>
/// <param name="Left">The day on which the accounts were closed; <see langword="null"/> for a customer who stays.</param>
internal sealed record DemoMember(DemoCustomer Customer, DateOnly Joined, DateOnly Quiet, DateOnly? Left)
{
    /// <summary>When the accounts were opened.</summary>
    public DateTimeOffset OpenedAt => new(Joined.ToDateTime(new TimeOnly(8, 30)), TimeSpan.Zero);

    /// <summary>When the accounts were closed.</summary>
    public DateTimeOffset? ClosedAt => Left is { } left ? new DateTimeOffset(left.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero) : null;

    public static DemoMember Of(DemoCustomer customer, DateOnly last, int days)
    {
        var member = Math.Max(1, customer.JoinedDaysAgo * days / DemoCustomer.FullHistory);
        var joined = last.AddDays(-member);
        var active = (int)(member * (customer.QuietAfter ?? customer.LeftAfter ?? 1));
        DateOnly? left = customer.LeftAfter is null ? null : joined.AddDays(Math.Max(1, active));
        return new DemoMember(customer, joined, joined.AddDays(Math.Max(1, active)), left < last ? left : null);
    }
}

/// <summary>A movement as planned, before it is known whether there is money for it.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Why.</param>
/// <param name="From">The debited account; <see langword="null"/> for the outside world.</param>
/// <param name="To">The credited account; <see langword="null"/> for the outside world.</param>
/// <param name="Amount">In major units; <see langword="null"/> for everything that is in the debited account.</param>
/// <param name="Description">What for.</param>
/// <param name="Outside">Who the outside world is.</param>
internal sealed record DemoPlan(
    DateTimeOffset At, TransferKind Kind, DemoAccount? From, DemoAccount? To, decimal? Amount, string Description, string Outside);
