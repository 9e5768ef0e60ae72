using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Counts the cells of days: movements and alerts from the transfers, accounts, balances and customers from the standing of accounts.
/// Thread-safe.
/// </summary>
public sealed class CubeCounter(ReportRows rows, ICubeStore store, ILedgerStore ledger, LedgerRules rules)
{
    /// <summary>How many of the largest depositors are kept apart.</summary>
    public const int LargestDepositors = 10;

    private const int RegularDays = 30;
    private const int ActiveDays = 90;
    private const int Batch = 100;

    /// <summary>The cubes that are counted from transfers.</summary>
    public static ImmutableArray<CubeSpec> FromTransfers { get; } =
        [.. CubeSpec.All.Where(cube => ReportVocabulary.HasRows(cube.Subject))];

    /// <summary>
    /// Counts the transfers of a day. Memory grows with the accounts that have entries on the day, by some 200 bytes each, when
    /// <paramref name="keep"/> is set; otherwise it is bounded by the number of cells.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="keep">Whether the standing of accounts is written: only for closed days, in order.</param>
    /// <param name="rest">Called between pieces of work, so that the caller can rest.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task<List<CubeRow>> CountTransfersAsync(
        DateOnly day, bool keep, Func<CancellationToken, Task>? rest = null, CancellationToken ct = default)
    {
        var found = new Dictionary<(CubeSpec Cube, string Scope), CubeCells>();
        var moved = new Dictionary<string, Movement>(StringComparer.Ordinal);
        var read = 0;
        await foreach (var row in rows.ReadAsync(rules.StartOf(day), rules.StartOf(day.AddDays(1)), ct).WithCancellation(ct))
        {
            Add(row, FromTransfers, found);
            if (keep && row.Transfer.Status == TransferStatus.Posted)
            {
                var amount = row.IsIn ? row.Transfer.Amount.MinorUnits : -row.Transfer.Amount.MinorUnits;
                var sum = moved.GetValueOrDefault(row.Account.Id)
                    ?? new Movement(row.Account, row.Opened, row.Transfer.Amount.Currency);
                sum.Moved = sum.Moved.Plus(amount, day, row.Transfer.Kind.IsBooking());
                sum.Note(row.IsIn ? row.Transfer.CreditSequence : row.Transfer.DebitSequence, row.Transfer.PostedAt!.Value, amount);
                moved[row.Account.Id] = sum;
            }

            if (++read % 1_000 == 0 && rest is not null)
            {
                await rest(ct);
            }
        }

        foreach (var batch in moved.Values.Chunk(Batch))
        {
            await SaveAsync(day, batch, ct);
            if (rest is not null)
            {
                await rest(ct);
            }
        }

        return [.. found.Select(cells => new CubeRow(cells.Key.Cube.Name, cells.Key.Scope, false, day, cells.Value))];
    }

    /// <summary>
    /// Counts accounts, balances and customers at the end of the last day whose standings are written. Memory does not depend on how many
    /// accounts there are.
    /// </summary>
    public async Task<List<CubeRow>> CountStandingsAsync(
        DateOnly day, Func<CancellationToken, Task>? rest = null, CancellationToken ct = default)
    {
        var found = new Dictionary<(CubeSpec Cube, string Scope), CubeCells>();
        var largest = new Dictionary<Currency, Largest>();
        var owner = new List<AccountStanding>();
        var read = 0;
        await foreach (var standing in store.ReadStandingsAsync(ct).WithCancellation(ct))
        {
            if (owner.Count > 0 && owner[0].OwnerId != standing.OwnerId)
            {
                AddOwner();
            }

            owner.Add(standing);
            if (++read % 1_000 == 0 && rest is not null)
            {
                await rest(ct);
            }
        }

        AddOwner();
        foreach (var (currency, list) in largest)
        {
            var cells = CellsOf(CubeSpec.Depositors, currency);
            foreach (var (rank, count, balance) in list.Ranks())
            {
                cells.At(rank).Add(count, balance);
            }
        }

        return [.. found.Select(cells => new CubeRow(cells.Key.Cube.Name, cells.Key.Scope, false, day, cells.Value))];

        CubeCells CellsOf(CubeSpec cube, Currency currency)
        {
            var key = (cube, cube.ScopeOf(currency));
            if (!found.TryGetValue(key, out var cells))
            {
                found[key] = cells = new CubeCells();
            }

            return cells;
        }

        void AddOwner()
        {
            if (owner.Count == 0)
            {
                return;
            }

            foreach (var account in owner)
            {
                var cohort = Month(account.Opened);
                var balance = account.Now.Balance;
                var type = account.Type.ToString();
                CellsOf(CubeSpec.Accounts, account.Currency)
                    .At(CubeCells.KeyOf(type, cohort, balance == 0 ? "Empty" : "Used")).Add(1, balance);
                CellsOf(CubeSpec.Deposits, account.Currency)
                    .At(CubeCells.KeyOf(type, cohort, ReportVocabulary.BandOf(new Money(balance, account.Currency))))
                    .Add(1, balance);
            }

            foreach (var accounts in owner.GroupBy(account => account.Currency))
            {
                if (!largest.TryGetValue(accounts.Key, out var list))
                {
                    largest[accounts.Key] = list = new Largest();
                }

                list.Add(accounts.Sum(account => account.Now.Balance));
            }

            var joined = owner.Min(account => account.Opened);
            var last = owner.Max(account => account.Now.Last);
            var standing = day.DayNumber - joined.DayNumber <= RegularDays ? CustomerStanding.New
                : last is { } moved && day.DayNumber - moved.DayNumber < ActiveDays ? CustomerStanding.Active
                : owner.Any(account => account.Now.Balance != 0) ? CustomerStanding.Dormant
                : CustomerStanding.Churned;
            CellsOf(CubeSpec.Customers, default).At(CubeCells.KeyOf(standing.ToString(), Month(joined))).Add(0);
            var funnel = CellsOf(CubeSpec.Funnel, default);
            Step(CustomerStep.Account, true);
            Step(CustomerStep.FirstDeposit, owner.Any(account => account.Now.FirstIn is not null));
            Step(CustomerStep.FirstPayment, owner.Any(account => account.Now.FirstOut is not null));
            Step(CustomerStep.Regular, last is { } recent && day.DayNumber - recent.DayNumber < RegularDays);
            owner.Clear();

            void Step(CustomerStep step, bool taken)
            {
                if (taken)
                {
                    funnel.At(CubeCells.KeyOf(step.ToString(), Month(joined))).Add(0);
                }
            }
        }
    }

    /// <summary>Adds a row to the cells of the cubes it belongs to.</summary>
    internal static void Add(
        in ReportRow row, ImmutableArray<CubeSpec> cubes, Dictionary<(CubeSpec Cube, string Scope), CubeCells> found)
    {
        foreach (var cube in cubes)
        {
            if (!row.IsOf(cube.Subject))
            {
                continue;
            }

            var key = (cube, cube.ScopeOf(row.Transfer.Amount.Currency));
            if (!found.TryGetValue(key, out var cells))
            {
                found[key] = cells = new CubeCells();
            }

            cells.At(KeyOf(row, cube)).Add(row.Transfer.Amount.MinorUnits, cube.HasDistribution);
        }
    }

    /// <summary>The key of a row's cell in a cube.</summary>
    internal static string KeyOf(ReportRow row, CubeSpec cube) =>
        CubeCells.KeyOf(cube.Dimensions.Select(dimension => row.ValueOf(dimension)));

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private async Task SaveAsync(DateOnly day, Movement[] batch, CancellationToken ct)
    {
        var known = (await store.FindStandingsAsync([.. batch.Select(sum => (sum.Account.OwnerId, sum.Account.Id))], ct))
            .ToDictionary(standing => standing.AccountId, StringComparer.Ordinal);
        var standings = new List<AccountStanding>(batch.Length);
        foreach (var sum in batch)
        {
            standings.Add((known.GetValueOrDefault(sum.Account.Id) ?? await BeginAsync(sum, ct)).With(day, sum.Moved));
        }

        await store.SaveStandingsAsync(standings, ct);
    }

    // An account that is seen for the first time may have entries from before the first closed day: its balance begins with theirs.
    private async Task<AccountStanding> BeginAsync(Movement sum, CancellationToken ct)
    {
        var before = default(AccountStanding.Moved);
        if (sum.First.Sequence > 1)
        {
            var first = await ledger.FindEntryAsync(sum.Account.Id, sum.First, ct)
                ?? throw new InvalidDataException($"Entry {sum.First.Sequence} of account {sum.Account.Id} is missing.");
            before = new AccountStanding.Moved(first.BalanceAfter.MinorUnits - sum.FirstAmount, sum.Opened, null, null);
        }

        return new AccountStanding
        {
            OwnerId = sum.Account.OwnerId,
            AccountId = sum.Account.Id,
            Type = sum.Account.Type,
            Opened = sum.Opened,
            Currency = sum.Currency,
            Now = before,
        };
    }

    private sealed class Movement(AccountFacts account, DateOnly opened, Currency currency)
    {
        public AccountFacts Account { get; } = account;

        public DateOnly Opened { get; } = opened;

        public Currency Currency { get; } = currency;

        public AccountStanding.Moved Moved { get; set; }

        public EntryPosition First { get; private set; } = new(DateTimeOffset.MaxValue, long.MaxValue);

        public long FirstAmount { get; private set; }

        public void Note(long sequence, DateTimeOffset at, long amount)
        {
            if (sequence < First.Sequence)
            {
                (First, FirstAmount) = (new EntryPosition(at, sequence), amount);
            }
        }
    }

    /// <summary>The largest balances and the sum of the others.</summary>
    private sealed class Largest
    {
        private readonly PriorityQueue<long, long> _largest = new();
        private long _others;
        private long _otherCount;

        public void Add(long balance)
        {
            if (balance <= 0)
            {
                return;
            }

            if (_largest.Count < LargestDepositors)
            {
                _largest.Enqueue(balance, balance);
                return;
            }

            _others = checked(_others + _largest.EnqueueDequeue(balance, balance));
            _otherCount++;
        }

        public IEnumerable<(string Rank, long Count, long Balance)> Ranks()
        {
            var rank = 0;
            foreach (var (balance, _) in _largest.UnorderedItems.OrderByDescending(item => item.Element))
            {
                yield return ((++rank).ToString("00", CultureInfo.InvariantCulture), 1, balance);
            }

            if (_otherCount > 0)
            {
                yield return ((LargestDepositors + 1).ToString("00", CultureInfo.InvariantCulture), _otherCount, _others);
            }
        }
    }
}
