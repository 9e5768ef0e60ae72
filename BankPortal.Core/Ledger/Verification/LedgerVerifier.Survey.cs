namespace BankPortal.Core.Ledger.Verification;

/// <content>The first reading of all rows.</content>
public sealed partial class LedgerVerifier
{
    // The first reading checks each row and each two neighbouring entries, and compares both sides of what must agree.
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
            Enumerable
                .Range(0, LedgerFingerprint.Buckets)
                .Where(b => !_accounts.IsEven(b))
                .Select(b => new Suspect(Sides.Accounts, b, _accounts.RowsIn(b)))
                .Concat(
                    Enumerable
                        .Range(0, LedgerFingerprint.Buckets)
                        .Where(b => !_transfers.IsEven(b))
                        .Select(b => new Suspect(Sides.Transfers, b, _transfers.RowsIn(b)))
                )
                .Concat(
                    Enumerable
                        .Range(0, LedgerFingerprint.Buckets)
                        .Where(b => !_reversals.IsEven(b))
                        .Select(b => new Suspect(Sides.Reversals, b, _transfers.RowsIn(b) + _reversals.RowsIn(b)))
                );

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
                _reversals.Expect(
                    transfer.Id,
                    Link(
                        reversedBy,
                        transfer,
                        transfer.DebitAccountId,
                        transfer.CreditAccountId,
                        transfer.Status == TransferStatus.Posted && transfer.ReversesId is null ? "sound" : "original"
                    )
                );
            }

            if (transfer.ReversesId is { } reverses)
            {
                _reversals.Count(reverses);
                _reversals.Find(
                    reverses,
                    Link(
                        transfer.Id,
                        transfer,
                        transfer.CreditAccountId,
                        transfer.DebitAccountId,
                        transfer.Status == TransferStatus.Posted ? "sound" : "reversal"
                    )
                );
            }

            CheckOverdrawing(transfer);
        }

        protected override void See(Entry entry, Entry? before)
        {
            _entryCount++;
            _bank[entry.Amount.Currency.Code] = _bank.GetValueOrDefault(entry.Amount.Currency.Code) + entry.Amount.MinorUnits;
            _transfers.Find(
                entry.TransferId,
                Leg(entry.Amount.IsNegative, entry.AccountId, entry.Sequence, entry.Amount.Abs(), entry.PostedAt, entry.Kind)
            );
            if (!GeneralLedger.IsInternal(entry.AccountId))
            {
                CheckStep(before, entry);
            }

            if (!EntryHash.Compute(entry).AsSpan().SequenceEqual(entry.Hash.Span))
            {
                Report.Add(0, entry.AccountId, $"the hash of {Name(entry)} does not fit its content");
            }
        }

        protected override void SeeLast(Entry last) =>
            _accounts.Find(last.AccountId, End(last.Sequence, last.BalanceAfter, last.PostedAt, last.Hash));

        protected override void SeeEnd()
        {
            // Only a reversal takes away more than can be spent, and it says how much more.
            foreach (var (account, allowed) in _overdrawn.Values.Where(o => o.Account.Spendable.MinorUnits < -o.Allowed))
            {
                Report.Add(
                    3,
                    account.Id,
                    $"spendable is {account.Spendable}; reversals were allowed to overdraw {Show(allowed, account.Currency)}"
                );
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

        private static string Leg(bool isDebit, string partition, long sequence, Money amount, DateTimeOffset? at, TransferKind kind) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(isDebit ? "debit" : "credit")} {partition} {sequence} {amount.MinorUnits} {amount.Currency.Code} {at?.UtcTicks} {kind}"
            );

        private static string Link(string reversalId, Transfer transfer, string debit, string credit, string state) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"reversal {reversalId} {state} {debit} {credit} {transfer.Amount.MinorUnits} {transfer.Amount.Currency.Code}"
            );

        private void CheckOverdrawing(Transfer transfer)
        {
            if (transfer.Overdrawn == 0)
            {
                return;
            }

            if (
                transfer is not { ReversesId: not null, Status: TransferStatus.Posted }
                || transfer.Overdrawn < 0
                || transfer.Overdrawn > transfer.Amount.MinorUnits
            )
            {
                Report.Add(3, transfer.Id, $"is said to have overdrawn an account by {Show(transfer.Overdrawn, transfer.Amount.Currency)}");
            }
            else if (_overdrawn.TryGetValue(transfer.DebitAccountId, out var overdrawn))
            {
                _overdrawn[transfer.DebitAccountId] = overdrawn with { Allowed = overdrawn.Allowed + transfer.Overdrawn };
            }
        }

        private static string End(long sequence, Money balance, DateTimeOffset? at, ReadOnlyMemory<byte> hash) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"end {sequence} {balance.MinorUnits} {balance.Currency.Code} {at?.UtcTicks} {Convert.ToHexStringLower(hash.Span)}"
            );

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
                Report.Add(
                    2,
                    entry.AccountId,
                    $"{Name(entry)} leaves {entry.BalanceAfter}; the one before plus its amount is {Show(balance, entry.Amount.Currency)}"
                );
            }

            if (!entry.PreviousHash.Span.SequenceEqual(before is null ? default : before.Hash.Span))
            {
                Report.Add(0, entry.AccountId, $"{Name(entry)} is not chained to the entry before it");
            }
        }
    }
}
