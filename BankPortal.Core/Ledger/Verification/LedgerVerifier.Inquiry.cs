namespace BankPortal.Core.Ledger.Verification;

/// <content>The further readings, where the first found a difference.</content>
public sealed partial class LedgerVerifier
{
    // A further reading keeps the rows of some buckets and reports what is wrong with them.
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
            (
                suspect.Of switch
                {
                    Sides.Accounts => _accountBuckets,
                    Sides.Transfers => _transferBuckets,
                    _ => _reversalBuckets,
                }
            ).Add(suspect.Bucket);

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

            if (
                _accounts.TryGetValue(entry.AccountId, out var account)
                && entry.PostedAt > account.ClosedAt
                && !(account.LastEntryAt > account.ClosedAt)
            )
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
                Report.Add(
                    3,
                    account.Id,
                    $"the row says {account.Balance} after {Show(account.Sequence)} entries; the last entry says {last.BalanceAfter} after {Show(last.Sequence)}"
                );
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

            foreach (
                var transfer in _reversible.Values.Where(t =>
                    t.ReversedById is not null && _reversals.GetValueOrDefault(t.ReversedById)?.ReversesId != t.Id
                )
            )
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
            else if (
                original.DebitAccountId != reversal.CreditAccountId
                || original.CreditAccountId != reversal.DebitAccountId
                || original.Amount != reversal.Amount
                || original.Status != TransferStatus.Posted
                || reversal.Status != TransferStatus.Posted
                || original.ReversesId is not null
            )
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
