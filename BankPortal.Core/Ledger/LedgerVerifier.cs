using System.Collections.Immutable;
using System.Globalization;
using BankPortal.Core.Accounts;
using BankPortal.Core.Common;

namespace BankPortal.Core.Ledger;

/// <summary>
/// Recomputes the books from their entries and compares. The invariants, by number:
/// <list type="number">
/// <item>the legs of every posted transfer sum to zero, and both exist;</item>
/// <item>the entries of an account are numbered without gaps, and each balance is the one before plus the amount;</item>
/// <item>an account's balance is its last entry's, what is held is the sum of its held transfers, and what is spendable is
/// not negative;</item>
/// <item>one idempotency key has one effect: no transfer has more than one entry on a side;</item>
/// <item>a closed account has no balance and no holds, and no entry after it was closed;</item>
/// <item>over the whole bank, internal accounts included, the balances sum to zero in every currency;</item>
/// <item>what is posted stays: no entry without its transfer, none that differs from it, no transfer that lost its entries.</item>
/// </list>
/// Each account's hash chain is recomputed as well. While money is moving, an account is read a moment before its entries:
/// run it on a quiet system, or read a violation as a reason to look again.
/// </summary>
public sealed class LedgerVerifier(ILedgerAudit audit)
{
    /// <summary>How many violations are listed; the rest are counted.</summary>
    public const int MaxListed = 1000;

    /// <summary>Checks everything.</summary>
    /// <param name="progress">Told the number of rows read so far, now and then.</param>
    /// <param name="ct">Stops the check.</param>
    public async Task<LedgerVerification> VerifyAsync(IProgress<long>? progress = null, CancellationToken ct = default)
    {
        var run = new Run(progress);
        await foreach (var account in audit.AccountsAsync(ct))
        {
            run.Add(account);
        }

        await foreach (var transfer in audit.TransfersAsync(ct))
        {
            run.Add(transfer);
        }

        await foreach (var entry in audit.EntriesAsync(ct))
        {
            run.Add(entry);
        }

        return run.Finish();
    }

    private sealed class Run(IProgress<long>? progress)
    {
        private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Legs> _transfers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _bank = new(StringComparer.Ordinal);
        private readonly HashSet<string> _walked = new(StringComparer.Ordinal);
        private readonly List<LedgerViolation> _violations = [];
        private long _violationCount;
        private long _rows;
        private long _entries;
        private Entry? _last;

        public void Add(Account account)
        {
            Count();
            _accounts.Add(account.Id, account);
        }

        public void Add(Transfer transfer)
        {
            Count();
            _transfers.Add(transfer.Id, new Legs(transfer));
            if (transfer.Status == TransferStatus.Held)
            {
                _held[transfer.DebitAccountId] = _held.GetValueOrDefault(transfer.DebitAccountId) + transfer.Amount.MinorUnits;
            }
        }

        public void Add(Entry entry)
        {
            Count();
            _entries++;
            _bank[entry.Amount.Currency.Code] = _bank.GetValueOrDefault(entry.Amount.Currency.Code) + entry.Amount.MinorUnits;
            CheckLeg(entry);
            if (_last is not null && _last.AccountId != entry.AccountId)
            {
                FinishAccount(_last);
                _last = null;
            }

            if (!GeneralLedger.IsInternal(entry.AccountId))
            {
                CheckStep(_last, entry);
            }

            if (!EntryHash.Compute(entry).AsSpan().SequenceEqual(entry.Hash.Span))
            {
                Violated(0, entry.AccountId, $"the hash of {Name(entry)} does not fit its content");
            }

            _last = entry;
        }

        public LedgerVerification Finish()
        {
            if (_last is not null)
            {
                FinishAccount(_last);
            }

            foreach (var account in _accounts.Values)
            {
                CheckAccount(account);
            }

            foreach (var legs in _transfers.Values)
            {
                CheckTransfer(legs);
            }

            foreach (var (currency, sum) in _bank.Where(sum => sum.Value != 0))
            {
                Violated(6, currency, $"all balances of the bank sum to {Show(sum, Currency.Of(currency))}, not to zero");
            }

            return new LedgerVerification(
                _accounts.Count,
                _transfers.Count,
                _entries,
                [.. _accounts.Values.GroupBy(a => a.Currency.Code, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new Money(g.Sum(a => a.Balance.MinorUnits), Currency.Of(g.Key)))],
                [.. _violations],
                _violationCount);
        }

        private void CheckStep(Entry? before, Entry entry)
        {
            var expected = (before?.Sequence ?? 0) + 1;
            if (entry.Sequence != expected)
            {
                Violated(2, entry.AccountId, $"{Name(entry)} stands where number {Show(expected)} should be");
            }

            var balance = (before?.BalanceAfter.MinorUnits ?? 0) + entry.Amount.MinorUnits;
            if (entry.BalanceAfter.MinorUnits != balance)
            {
                Violated(2, entry.AccountId, $"{Name(entry)} leaves {entry.BalanceAfter}; the one before plus its amount is {Show(balance, entry.Amount.Currency)}");
            }

            if (!entry.PreviousHash.Span.SequenceEqual(before is null ? default : before.Hash.Span))
            {
                Violated(0, entry.AccountId, $"{Name(entry)} is not chained to the entry before it");
            }

            if (_accounts.TryGetValue(entry.AccountId, out var account) && account.ClosedAt is { } closed && entry.PostedAt > closed)
            {
                Violated(5, entry.AccountId, $"{Name(entry)} was posted after the account was closed");
            }
        }

        private void FinishAccount(Entry last)
        {
            if (GeneralLedger.IsInternal(last.AccountId))
            {
                return;
            }

            if (!_walked.Add(last.AccountId))
            {
                Violated(2, last.AccountId, "the account's entries are not read in one piece");
            }

            if (!_accounts.TryGetValue(last.AccountId, out var account))
            {
                Violated(7, last.AccountId, "there are entries, but no account");
                return;
            }

            if (account.Balance != last.BalanceAfter || account.Sequence != last.Sequence)
            {
                Violated(3, account.Id, $"the row says {account.Balance} after {Show(account.Sequence)} entries; the last entry says {last.BalanceAfter} after {Show(last.Sequence)}");
            }

            if (!account.LastHash.Span.SequenceEqual(last.Hash.Span))
            {
                Violated(0, account.Id, "the row does not carry the hash of the last entry");
            }
        }

        private void CheckAccount(Account account)
        {
            if (!_walked.Contains(account.Id) && (account.Sequence != 0 || !account.Balance.IsZero))
            {
                Violated(3, account.Id, $"the row says {account.Balance} after {Show(account.Sequence)} entries, but there are none");
            }

            var held = _held.GetValueOrDefault(account.Id);
            if (account.Held.MinorUnits != held)
            {
                Violated(3, account.Id, $"the row holds {account.Held}; its held transfers sum to {Show(held, account.Currency)}");
            }

            if (account.Spendable.IsNegative || account.Held.IsNegative)
            {
                Violated(3, account.Id, $"spendable is {account.Spendable}, held is {account.Held}");
            }

            if (account.Status == AccountStatus.Closed && !(account.Balance.IsZero && account.Held.IsZero))
            {
                Violated(5, account.Id, $"closed with {account.Balance}, of which {account.Held} is held");
            }
        }

        private void CheckLeg(Entry entry)
        {
            if (!_transfers.TryGetValue(entry.TransferId, out var legs))
            {
                Violated(7, entry.TransferId, $"{Name(entry)} of account {entry.AccountId} has no transfer");
                return;
            }

            var transfer = legs.Transfer;
            legs.Sum += entry.Amount.MinorUnits;
            var isDebit = entry.Amount.IsNegative;
            var count = isDebit ? ++legs.Debits : ++legs.Credits;
            if (count > 1)
            {
                Violated(4, transfer.Id, $"more than one {(isDebit ? "debit" : "credit")} was posted");
            }

            var (accountId, sequence) = isDebit ? (transfer.DebitAccountId, transfer.DebitSequence) : (transfer.CreditAccountId, transfer.CreditSequence);
            var partition = GeneralLedger.IsInternal(accountId) ? GeneralLedger.ShardOf(accountId, transfer.Id) : accountId;
            if (entry.AccountId != partition || entry.Sequence != sequence || entry.Amount.Abs() != transfer.Amount
                || entry.PostedAt != transfer.PostedAt || entry.Kind != transfer.Kind)
            {
                Violated(7, transfer.Id, $"{Name(entry)} of account {entry.AccountId} differs from its transfer");
            }
        }

        private void CheckTransfer(Legs legs)
        {
            var transfer = legs.Transfer;
            if (transfer.Status == TransferStatus.Posted)
            {
                if (legs.Debits == 0 || legs.Credits == 0)
                {
                    Violated(7, transfer.Id, $"posted, but has {Show(legs.Debits)} debits and {Show(legs.Credits)} credits");
                }

                if (legs.Sum != 0)
                {
                    Violated(1, transfer.Id, $"its legs sum to {Show(legs.Sum, transfer.Amount.Currency)}, not to zero");
                }
            }
            else if (legs.Debits + legs.Credits > 0)
            {
                Violated(7, transfer.Id, $"has entries, though it is {transfer.Status}");
            }
        }

        private void Violated(int invariant, string subject, string detail)
        {
            _violationCount++;
            if (_violations.Count < MaxListed)
            {
                _violations.Add(new LedgerViolation(invariant, subject, detail));
            }
        }

        private void Count()
        {
            if (++_rows % 1000 == 0)
            {
                progress?.Report(_rows);
            }
        }

        private static string Name(Entry entry) => $"entry {Show(entry.Sequence)} ({entry.PostedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)})";

        private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);

        private static string Show(long minorUnits, Currency currency) => new Money(minorUnits, currency).ToString();

        private sealed class Legs(Transfer transfer)
        {
            public Transfer Transfer { get; } = transfer;

            public long Sum { get; set; }

            public int Debits { get; set; }

            public int Credits { get; set; }
        }
    }
}
