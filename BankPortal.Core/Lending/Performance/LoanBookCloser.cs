using BankPortal.Core.Lending.Book;

namespace BankPortal.Core.Lending.Performance;

/// <summary>
/// Computes the days of the loan book from the loans' events. Days follow from events alone, so computing one again, on any node, gives
/// the same row. Thread-safe.
/// </summary>
public sealed class LoanBookCloser(ILoanStore loans, ILoanBookDayStore days, LendingClock clock)
{
    /// <summary>How many days one pass over the book computes.</summary>
    public const int MaxDays = 31;

    private const int PageSize = 100;
    private const int MaxTries = 8;

    // A loan that moves on while it is looked for is found in a later list.
    private static readonly LoanStatus[] Order =
        [LoanStatus.Applied, LoanStatus.Granted, LoanStatus.Active, LoanStatus.WrittenOff, LoanStatus.PaidOff];

    /// <summary>The last day that is over.</summary>
    public DateOnly LastDay => clock.DayOf(clock.Now - TimeSpan.FromMinutes(15)).AddDays(-1);

    /// <summary>Says that days have to be computed again from one on, because loans with a past were imported.</summary>
    public async Task RequestAsync(DateOnly from, CancellationToken ct = default)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var head = await days.ReadHeadAsync(ct);
            if (head.AgainFrom <= from || await days.TryWriteHeadAsync(head with { AgainFrom = from, Version = head.Version + 1 }, ct))
            {
                return;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        throw new InvalidOperationException("The head of the loan book kept changing.");
    }

    /// <summary>The first days that are missing, at most <see cref="MaxDays"/>; <see langword="null"/> when none is.</summary>
    public async Task<(DateOnly From, DateOnly Through)?> NextAsync(CancellationToken ct = default)
    {
        var last = LastDay;
        var head = await days.ReadHeadAsync(ct);
        var from = head switch
        {
            { AgainFrom: { } again, Through: { } through } => again <= through ? again : through.AddDays(1),
            { AgainFrom: { } again } => again,
            { Through: { } through } => through.AddDays(1),
            _ => last,
        };
        return from > last ? null : (from, from.AddDays(MaxDays - 1) < last ? from.AddDays(MaxDays - 1) : last);
    }

    /// <summary>Computes the days of one part of the book.</summary>
    public async Task ClosePartAsync(int part, DateOnly from, DateOnly through, CancellationToken ct = default)
    {
        var builders = Enumerable.Range(0, through.DayNumber - from.DayNumber + 1)
            .Select(i => new LoanBookBuilder(from.AddDays(i))).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var status in Order)
        {
            string? after = null;
            ImmutableArray<Loan> page;
            do
            {
                page = await loans.ListAsync(status, part, PageSize, after, ct);
                foreach (var loan in page.Where(loan => seen.Add(loan.Id)))
                {
                    if (await loans.ReadAsync(loan.Id, ct) is { } file)
                    {
                        Add(file, builders, from);
                    }
                }

                after = page.LastOrDefault()?.Id;
            }
            while (page.Length == PageSize);
        }

        await days.SavePartAsync(part, [.. builders.Select(builder => builder.Build())], ct);
    }

    /// <summary>Puts the parts together, and notes that the days are complete.</summary>
    public async Task MergeAsync(DateOnly from, DateOnly through, CancellationToken ct = default)
    {
        var merged = Enumerable.Range(0, through.DayNumber - from.DayNumber + 1)
            .Select(i => new LoanBookBuilder(from.AddDays(i))).ToList();
        for (var part = 0; part < ILoanStore.Shards; part++)
        {
            foreach (var day in await days.ReadPartAsync(part, from, through, ct))
            {
                merged[day.Day.DayNumber - from.DayNumber].Add(day);
            }
        }

        await days.SaveAsync([.. merged.Select(builder => builder.Build())], ct);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var head = await days.ReadHeadAsync(ct);
            var next = head with
            {
                Through = head.Through > through ? head.Through : through,
                AgainFrom = head.AgainFrom >= from && head.AgainFrom <= through ? Later(through, head.Through) : head.AgainFrom,
                Version = head.Version + 1,
            };
            if (await days.TryWriteHeadAsync(next, ct))
            {
                return;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        throw new InvalidOperationException("The head of the loan book kept changing.");
    }

    /// <summary>Computes everything that is missing, for imports and demonstrations.</summary>
    public async Task CatchUpAsync(CancellationToken ct = default)
    {
        while (await NextAsync(ct) is { } range)
        {
            for (var part = 0; part < ILoanStore.Shards; part++)
            {
                await ClosePartAsync(part, range.From, range.Through, ct);
            }

            await MergeAsync(range.From, range.Through, ct);
        }
    }

    // The days after these, up to those that were complete before, follow in the next pass.
    private static DateOnly? Later(DateOnly through, DateOnly? complete) => through < complete ? through.AddDays(1) : null;

    // Walks over the days once; the state at the end of the month before is kept for the moves.
    private void Add(LoanFile file, List<LoanBookBuilder> builders, DateOnly from)
    {
        var replay = new LoanReplay(file.Loan.Terms);
        var next = 0;
        var applied = clock.DayOf(file.Loan.AppliedAt);
        var events = file.Events.OrderBy(one => one.On).ThenBy(one => one.Sequence).ToImmutableArray();
        var before = At(new DateOnly(from.Year, from.Month, 1).AddDays(-1));
        for (var i = 0; i < builders.Count; i++)
        {
            var day = from.AddDays(i);
            if (day.Day == 1 && i > 0)
            {
                before = At(day.AddDays(-1));
            }

            var state = At(day);
            if (day >= applied && state.Status is not (LoanStatus.Declined or LoanStatus.Lapsed))
            {
                builders[i].Add(file.Loan, state, before);
            }
        }

        LoanState At(DateOnly day)
        {
            for (; next < events.Length && events[next].On <= day; next++)
            {
                replay.Apply(events[next]);
            }

            return replay.At(day);
        }
    }
}
