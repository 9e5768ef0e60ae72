namespace BankPortal.Core.Ledger.Verification;

/// <summary>
/// Recomputes the books from their entries and compares. The invariants, by number:
/// <list type="number">
/// <item>the legs of every posted transfer sum to zero, and both exist;</item>
/// <item>the entries of an account are numbered without gaps, and each balance is the one before plus the amount;</item>
/// <item>an account's balance is its last entry's, what is held is the sum of its held transfers, and what is spendable is
/// not negative, except by what reversals were allowed to overdraw;</item>
/// <item>one idempotency key has one effect: no transfer has more than one entry on a side;</item>
/// <item>a closed account has no balance and no holds, and no entry after it was closed;</item>
/// <item>over the whole bank, internal accounts included, the balances sum to zero in every currency;</item>
/// <item>what is posted stays: no entry without its transfer, none that differs from it, no transfer that lost its entries; a
/// reversal has the turned legs of a posted transfer, and each of the two names the other (an imported one names none).</item>
/// </list>
/// Each account's hash chain is recomputed as well. While money is moving, an account is read a moment before its entries:
/// run it on a quiet system, or read a violation as a reason to look again.
/// </summary>
/// <remarks>
/// The rows stream by and none is kept, but for the ids of overdrawn accounts. What must agree between tables (a transfer and its legs, a reversal and what it reverses,
/// a row and its last entry, what an account holds and its held transfers) is compared by <see cref="LedgerFingerprint"/>; only where that shows a
/// difference are the rows concerned kept, in a further reading, to say what it is.
/// </remarks>
/// <param name="audit">Gives the rows.</param>
/// <param name="maxKept">How many rows to keep at once when looking closer; one bucket's are kept in any case.</param>
public sealed class LedgerVerifier(ILedgerAudit audit, int maxKept = LedgerVerifier.DefaultMaxKept)
{
    /// <summary>How many violations are listed; the rest are counted.</summary>
    public const int MaxListed = 1000;

    /// <summary>How many rows are kept at once unless said otherwise.</summary>
    public const int DefaultMaxKept = 50_000;

    /// <summary>Checks everything.</summary>
    /// <param name="progress">Told the number of rows read so far, now and then.</param>
    /// <param name="ct">Stops the check.</param>
    public async Task<LedgerVerification> VerifyAsync(IProgress<long>? progress = null, CancellationToken ct = default)
    {
        var report = new Report(progress);
        var survey = new Survey(report);
        await ReadAsync(survey, ct);

        var kept = 0L;
        var suspects = new Queue<Suspect>(survey.Suspects());
        while (suspects.Count > 0 && report.Listed.Count < MaxListed)
        {
            var inquiry = new Inquiry(report);
            var rows = 0;
            do
            {
                rows += suspects.Peek().Rows;
                inquiry.LookInto(suspects.Dequeue());
            }
            while (suspects.TryPeek(out var next) && rows + next.Rows <= maxKept);

            await ReadAsync(inquiry, ct);
            kept = Math.Max(kept, inquiry.Kept);
        }

        // The list is full; each bucket that was not looked into has at least one more.
        report.Count += suspects.Count;
        return survey.Result(kept);
    }

    private async Task ReadAsync(Reading reading, CancellationToken ct)
    {
        await foreach (var account in audit.AccountsAsync(ct))
        {
            reading.Add(account);
        }

        await foreach (var transfer in audit.TransfersAsync(ct))
        {
            reading.Add(transfer);
        }

        await foreach (var entry in audit.EntriesAsync(ct))
        {
            reading.Add(entry);
        }

        reading.Finish();
    }

    private static string Name(Entry entry) => $"entry {Show(entry.Sequence)} ({entry.PostedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)})";

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Show(long minorUnits, Currency currency) => new Money(minorUnits, currency).ToString();

    private enum Sides
    {
        /// <summary>Accounts and what they rest on.</summary>
        Accounts,

        /// <summary>Transfers and their legs.</summary>
        Transfers,

        /// <summary>Reversed transfers and their reversals.</summary>
        Reversals,
    }

    /// <summary>A bucket whose two sides differ.</summary>
    private readonly record struct Suspect(Sides Of, int Bucket, int Rows);

    private sealed class Report(IProgress<long>? progress)
    {
        private long _rows;

        public List<LedgerViolation> Listed { get; } = [];

        public long Count { get; set; }

        public void Add(int invariant, string subject, string detail)
        {
            Count++;
            if (Listed.Count < MaxListed)
            {
                Listed.Add(new LedgerViolation(invariant, subject, detail));
            }
        }

        public void Tick()
        {
            if (++_rows % 1000 == 0)
            {
                progress?.Report(_rows);
            }
        }
    }

    private abstract class Reading(Report report)
    {
        private Entry? _last;

        protected Report Report { get; } = report;

        public void Add(Account account)
        {
            Report.Tick();
            See(account);
        }

        public void Add(Transfer transfer)
        {
            Report.Tick();
            See(transfer);
        }

        public void Add(Entry entry)
        {
            Report.Tick();
            if (_last is not null && _last.AccountId != entry.AccountId)
            {
                FinishAccount();
            }

            See(entry, _last);
            _last = entry;
        }

        public void Finish()
        {
            FinishAccount();
            SeeEnd();
        }

        protected abstract void See(Account account);

        protected abstract void See(Transfer transfer);

        /// <summary>An entry and the one before it in the same account or shard.</summary>
        protected abstract void See(Entry entry, Entry? before);

        /// <summary>The last entry of a customer's account.</summary>
        protected abstract void SeeLast(Entry last);

        protected abstract void SeeEnd();

        private void FinishAccount()
        {
            if (_last is not null && !GeneralLedger.IsInternal(_last.AccountId))
            {
                SeeLast(_last);
            }

            _last = null;
        }
    }

    // The first reading: all that a row, or two neighbours, tell by themselves; and both sides of what must agree.
    private sealed class Survey(Report report) : Reading(report)
    {
        private readonly LedgerFingerprint _transfers = new();
        private readonly LedgerFingerprint _accounts = new();
        private readonly LedgerFingerprint _reversals = new();
        private readonly Dictionary<string, (Account Account, long Allowed)> _overdrawn = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _bank = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, long> _customers = new(StringComparer.Ordinal);
        private long _accountCount;
        private long _transferCount;
        private long _entryCount;

        public IEnumerable<Suspect> Suspects() =>
            Enumerable.Range(0, LedgerFingerprint.Buckets).Where(b => !_accounts.IsEven(b)).Select(b => new Suspect(Sides.Accounts, b, _accounts.RowsIn(b)))
            .Concat(Enumerable.Range(0, LedgerFingerprint.Buckets).Where(b => !_transfers.IsEven(b)).Select(b => new Suspect(Sides.Transfers, b, _transfers.RowsIn(b))))
            .Concat(Enumerable.Range(0, LedgerFingerprint.Buckets).Where(b => !_reversals.IsEven(b)).Select(b => new Suspect(Sides.Reversals, b, _transfers.RowsIn(b) + _reversals.RowsIn(b))));

        public LedgerVerification Result(long kept) => new(
            _accountCount,
            _transferCount,
            _entryCount,
            [.. _customers.Select(sum => new Money(sum.Value, Currency.Of(sum.Key)))],
            [.. Report.Listed],
            Report.Count)
        {
            RowsKept = kept,
        };

        protected override void See(Account account)
        {
            _accountCount++;
            _accounts.Count(account.Id);
            _customers[account.Currency.Code] = _customers.GetValueOrDefault(account.Currency.Code) + account.Balance.MinorUnits;
            if (account.Sequence != 0 || !account.Balance.IsZero)
            {
                _accounts.Expect(account.Id, End(account.Sequence, account.Balance, account.LastEntryAt, account.LastHash));
            }

            _accounts.ExpectSum(account.Id, account.Held.MinorUnits);
            if (account.Held.IsNegative)
            {
                Report.Add(3, account.Id, $"held is {account.Held}");
            }

            if (account.Spendable.IsNegative)
            {
                _overdrawn[account.Id] = (account, 0);
            }

            if (account.Status == AccountStatus.Closed && !(account.Balance.IsZero && account.Held.IsZero))
            {
                Report.Add(5, account.Id, $"closed with {account.Balance}, of which {account.Held} is held");
            }

            // Entries are in order of time, and the row names the last one's.
            if (account.LastEntryAt > account.ClosedAt)
            {
                Report.Add(5, account.Id, $"entry {Show(account.Sequence)} was posted after the account was closed");
            }
        }

        protected override void See(Transfer transfer)
        {
            _transferCount++;
            _transfers.Count(transfer.Id);
            switch (transfer.Status)
            {
                case TransferStatus.Posted:
                    _transfers.Expect(transfer.Id, LegOf(transfer, isDebit: true));
                    _transfers.Expect(transfer.Id, LegOf(transfer, isDebit: false));
                    break;
                case TransferStatus.Held when !GeneralLedger.IsInternal(transfer.DebitAccountId):
                    _accounts.FindSum(transfer.DebitAccountId, transfer.Amount.MinorUnits);
                    break;
            }

            if (transfer.ReversedById is { } reversedBy)
            {
                _reversals.Expect(transfer.Id, Link(reversedBy, transfer, transfer.DebitAccountId, transfer.CreditAccountId, transfer.Status == TransferStatus.Posted && transfer.ReversesId is null ? "sound" : "original"));
            }

            if (transfer.ReversesId is { } reverses)
            {
                _reversals.Count(reverses);
                _reversals.Find(reverses, Link(transfer.Id, transfer, transfer.CreditAccountId, transfer.DebitAccountId, transfer.Status == TransferStatus.Posted ? "sound" : "reversal"));
            }

            CheckOverdrawing(transfer);
        }

        protected override void See(Entry entry, Entry? before)
        {
            _entryCount++;
            _bank[entry.Amount.Currency.Code] = _bank.GetValueOrDefault(entry.Amount.Currency.Code) + entry.Amount.MinorUnits;
            _transfers.Find(entry.TransferId, Leg(entry.Amount.IsNegative, entry.AccountId, entry.Sequence, entry.Amount.Abs(), entry.PostedAt, entry.Kind));
            if (!GeneralLedger.IsInternal(entry.AccountId))
            {
                CheckStep(before, entry);
            }

            if (!EntryHash.Compute(entry).AsSpan().SequenceEqual(entry.Hash.Span))
            {
                Report.Add(0, entry.AccountId, $"the hash of {Name(entry)} does not fit its content");
            }
        }

        protected override void SeeLast(Entry last) => _accounts.Find(last.AccountId, End(last.Sequence, last.BalanceAfter, last.PostedAt, last.Hash));

        protected override void SeeEnd()
        {
            // Only a reversal takes away more than can be spent, and it says how much more.
            foreach (var (account, allowed) in _overdrawn.Values.Where(o => o.Account.Spendable.MinorUnits < -o.Allowed))
            {
                Report.Add(3, account.Id, $"spendable is {account.Spendable}; reversals were allowed to overdraw {Show(allowed, account.Currency)}");
            }

            foreach (var (currency, sum) in _bank.Where(sum => sum.Value != 0))
            {
                Report.Add(6, currency, $"all balances of the bank sum to {Show(sum, Currency.Of(currency))}, not to zero");
            }
        }

        private static string LegOf(Transfer transfer, bool isDebit)
        {
            var accountId = isDebit ? transfer.DebitAccountId : transfer.CreditAccountId;
            return Leg(
                isDebit,
                GeneralLedger.PartitionOf(accountId, transfer.Id),
                isDebit ? transfer.DebitSequence : transfer.CreditSequence,
                transfer.Amount,
                transfer.PostedAt,
                transfer.Kind);
        }

        private static string Leg(bool isDebit, string partition, long sequence, Money amount, DateTimeOffset? at, TransferKind kind) => string.Create(
            CultureInfo.InvariantCulture, $"{(isDebit ? "debit" : "credit")} {partition} {sequence} {amount.MinorUnits} {amount.Currency.Code} {at?.UtcTicks} {kind}");

        private static string Link(string reversalId, Transfer transfer, string debit, string credit, string state) => string.Create(
            CultureInfo.InvariantCulture, $"reversal {reversalId} {state} {debit} {credit} {transfer.Amount.MinorUnits} {transfer.Amount.Currency.Code}");

        private void CheckOverdrawing(Transfer transfer)
        {
            if (transfer.Overdrawn == 0)
            {
                return;
            }

            if (transfer is not { ReversesId: not null, Status: TransferStatus.Posted } || transfer.Overdrawn < 0 || transfer.Overdrawn > transfer.Amount.MinorUnits)
            {
                Report.Add(3, transfer.Id, $"is said to have overdrawn an account by {Show(transfer.Overdrawn, transfer.Amount.Currency)}");
            }
            else if (_overdrawn.TryGetValue(transfer.DebitAccountId, out var overdrawn))
            {
                _overdrawn[transfer.DebitAccountId] = overdrawn with { Allowed = overdrawn.Allowed + transfer.Overdrawn };
            }
        }

        private static string End(long sequence, Money balance, DateTimeOffset? at, ReadOnlyMemory<byte> hash) => string.Create(
            CultureInfo.InvariantCulture, $"end {sequence} {balance.MinorUnits} {balance.Currency.Code} {at?.UtcTicks} {Convert.ToHexStringLower(hash.Span)}");

        private void CheckStep(Entry? before, Entry entry)
        {
            var expected = (before?.Sequence ?? 0) + 1;
            if (entry.Sequence != expected)
            {
                Report.Add(2, entry.AccountId, $"{Name(entry)} stands where number {Show(expected)} should be");
            }

            var balance = (before?.BalanceAfter.MinorUnits ?? 0) + entry.Amount.MinorUnits;
            if (entry.BalanceAfter.MinorUnits != balance)
            {
                Report.Add(2, entry.AccountId, $"{Name(entry)} leaves {entry.BalanceAfter}; the one before plus its amount is {Show(balance, entry.Amount.Currency)}");
            }

            if (!entry.PreviousHash.Span.SequenceEqual(before is null ? default : before.Hash.Span))
            {
                Report.Add(0, entry.AccountId, $"{Name(entry)} is not chained to the entry before it");
            }
        }
    }

    // A further reading: keeps the rows of some buckets and says what is wrong with them.
    private sealed class Inquiry(Report report) : Reading(report)
    {
        private readonly HashSet<int> _transferBuckets = [];
        private readonly HashSet<int> _accountBuckets = [];
        private readonly HashSet<int> _reversalBuckets = [];
        private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Legs> _transfers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Transfer> _reversible = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Transfer> _reversals = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);
        private readonly HashSet<string> _walked = new(StringComparer.Ordinal);

        /// <summary>How many rows were kept.</summary>
        public long Kept => _accounts.Count + _transfers.Count + _reversible.Count + _reversals.Count;

        public void LookInto(Suspect suspect) =>
            (suspect.Of switch { Sides.Accounts => _accountBuckets, Sides.Transfers => _transferBuckets, _ => _reversalBuckets }).Add(suspect.Bucket);

        protected override void See(Account account)
        {
            if (IsSuspectAccount(account.Id))
            {
                _accounts.Add(account.Id, account);
            }
        }

        protected override void See(Transfer transfer)
        {
            if (IsSuspectTransfer(transfer.Id))
            {
                _transfers.Add(transfer.Id, new Legs(transfer));
            }

            if (_reversalBuckets.Contains(LedgerFingerprint.BucketOf(transfer.Id)))
            {
                _reversible.Add(transfer.Id, transfer);
            }

            if (transfer.ReversesId is { } reverses && _reversalBuckets.Contains(LedgerFingerprint.BucketOf(reverses)))
            {
                _reversals.Add(transfer.Id, transfer);
            }

            if (transfer.Status == TransferStatus.Held && _accounts.ContainsKey(transfer.DebitAccountId))
            {
                _held[transfer.DebitAccountId] = _held.GetValueOrDefault(transfer.DebitAccountId) + transfer.Amount.MinorUnits;
            }
        }

        protected override void See(Entry entry, Entry? before)
        {
            if (IsSuspectTransfer(entry.TransferId))
            {
                CheckLeg(entry);
            }

            if (_accounts.TryGetValue(entry.AccountId, out var account) && entry.PostedAt > account.ClosedAt && !(account.LastEntryAt > account.ClosedAt))
            {
                Report.Add(5, entry.AccountId, $"{Name(entry)} was posted after the account was closed");
            }
        }

        protected override void SeeLast(Entry last)
        {
            if (!IsSuspectAccount(last.AccountId))
            {
                return;
            }

            if (!_accounts.TryGetValue(last.AccountId, out var account))
            {
                Report.Add(7, last.AccountId, "there are entries, but no account");
                return;
            }

            if (!_walked.Add(last.AccountId))
            {
                Report.Add(2, last.AccountId, "the account's entries are not read in one piece");
            }

            if (account.Balance != last.BalanceAfter || account.Sequence != last.Sequence)
            {
                Report.Add(3, account.Id, $"the row says {account.Balance} after {Show(account.Sequence)} entries; the last entry says {last.BalanceAfter} after {Show(last.Sequence)}");
            }
            else if (account.LastEntryAt != last.PostedAt)
            {
                Report.Add(3, account.Id, "the row names another time for the last entry");
            }

            if (!account.LastHash.Span.SequenceEqual(last.Hash.Span))
            {
                Report.Add(0, account.Id, "the row does not carry the hash of the last entry");
            }
        }

        protected override void SeeEnd()
        {
            foreach (var account in _accounts.Values)
            {
                CheckAccount(account);
            }

            foreach (var legs in _transfers.Values)
            {
                CheckTransfer(legs);
            }

            foreach (var reversal in _reversals.Values)
            {
                CheckReversal(reversal, _reversible.GetValueOrDefault(reversal.ReversesId!));
            }

            foreach (var transfer in _reversible.Values.Where(t => t.ReversedById is not null && _reversals.GetValueOrDefault(t.ReversedById)?.ReversesId != t.Id))
            {
                Report.Add(7, transfer.Id, $"is said to be reversed by {transfer.ReversedById}, which is no reversal of it");
            }
        }

        private bool IsSuspectAccount(string id) => _accountBuckets.Contains(LedgerFingerprint.BucketOf(id));

        private bool IsSuspectTransfer(string id) => _transferBuckets.Contains(LedgerFingerprint.BucketOf(id));

        private void CheckAccount(Account account)
        {
            if (!_walked.Contains(account.Id) && (account.Sequence != 0 || !account.Balance.IsZero))
            {
                Report.Add(3, account.Id, $"the row says {account.Balance} after {Show(account.Sequence)} entries, but there are none");
            }

            var held = _held.GetValueOrDefault(account.Id);
            if (account.Held.MinorUnits != held)
            {
                Report.Add(3, account.Id, $"the row holds {account.Held}; its held transfers sum to {Show(held, account.Currency)}");
            }
        }

        private void CheckReversal(Transfer reversal, Transfer? original)
        {
            if (original is null)
            {
                Report.Add(7, reversal.Id, $"reverses {reversal.ReversesId}, which does not exist");
            }
            else if (original.DebitAccountId != reversal.CreditAccountId || original.CreditAccountId != reversal.DebitAccountId || original.Amount != reversal.Amount
                || original.Status != TransferStatus.Posted || reversal.Status != TransferStatus.Posted || original.ReversesId is not null)
            {
                Report.Add(7, reversal.Id, $"is not the opposite of {original.Id}, which it reverses");
            }
            else if (original.ReversedById != reversal.Id)
            {
                Report.Add(7, reversal.Id, $"reverses {original.Id}, which does not name it");
            }
        }

        private void CheckLeg(Entry entry)
        {
            if (!_transfers.TryGetValue(entry.TransferId, out var legs))
            {
                Report.Add(7, entry.TransferId, $"{Name(entry)} of account {entry.AccountId} has no transfer");
                return;
            }

            var transfer = legs.Transfer;
            legs.Sum += entry.Amount.MinorUnits;
            var isDebit = entry.Amount.IsNegative;
            var count = isDebit ? ++legs.Debits : ++legs.Credits;
            if (count > 1)
            {
                Report.Add(4, transfer.Id, $"more than one {(isDebit ? "debit" : "credit")} was posted");
            }

            if (!transfer.HasLeg(entry))
            {
                Report.Add(7, transfer.Id, $"{Name(entry)} of account {entry.AccountId} differs from its transfer");
            }
        }

        private void CheckTransfer(Legs legs)
        {
            var transfer = legs.Transfer;
            if (transfer.Status == TransferStatus.Posted)
            {
                if (legs.Debits == 0 || legs.Credits == 0)
                {
                    Report.Add(7, transfer.Id, $"posted, but has {Show(legs.Debits)} debits and {Show(legs.Credits)} credits");
                }

                if (legs.Sum != 0)
                {
                    Report.Add(1, transfer.Id, $"its legs sum to {Show(legs.Sum, transfer.Amount.Currency)}, not to zero");
                }
            }
            else if (legs.Debits + legs.Credits > 0)
            {
                Report.Add(7, transfer.Id, $"has entries, though it is {transfer.Status}");
            }
        }

        private sealed class Legs(Transfer transfer)
        {
            public Transfer Transfer { get; } = transfer;

            public long Sum { get; set; }

            public int Debits { get; set; }

            public int Credits { get; set; }
        }
    }
}
