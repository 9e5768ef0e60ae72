namespace BankPortal.Core.Ledger.Posting;

/// <summary>Builds the commit that posts a transfer: both entries, and the rows of the customer accounts after them.</summary>
internal static class PostingStep
{
    /// <summary>The commit that posts a transfer. Decides nothing: the rules have allowed it.</summary>
    /// <param name="transfer">The transfer before it is posted.</param>
    /// <param name="expected">The status its row must have; <see langword="null"/> when the row must not exist.</param>
    /// <param name="debit">The debited account; <see langword="null"/> when internal.</param>
    /// <param name="credit">The credited account; <see langword="null"/> when internal.</param>
    /// <param name="at">The time of the entries; not before the last entry of either account.</param>
    public static LedgerCommit Of(Transfer transfer, TransferStatus? expected, Account? debit, Account? credit, DateTimeOffset at)
    {
        var accounts = ImmutableArray.CreateBuilder<Account>(2);
        var entries = ImmutableArray.CreateBuilder<Entry>(2);
        var debitEntry = Append(
            transfer, transfer.DebitAccountId, debit, -transfer.Amount, transfer.CreditLabel, transfer.CreditAccountId, at, accounts);
        var creditEntry = Append(
            transfer, transfer.CreditAccountId, credit, transfer.Amount, transfer.DebitLabel, transfer.DebitAccountId, at, accounts);
        entries.Add(debitEntry);
        entries.Add(creditEntry);
        return new LedgerCommit(
            transfer with
            {
                Status = TransferStatus.Posted,
                PostedAt = at,
                DebitSequence = debitEntry.Sequence,
                CreditSequence = creditEntry.Sequence,
            },
            expected,
            accounts.ToImmutable(),
            entries.ToImmutable());
    }

    private static Entry Append(
        Transfer transfer,
        string accountId,
        Account? account,
        Money amount,
        string counterparty,
        string counterpartyId,
        DateTimeOffset at,
        ImmutableArray<Account>.Builder changed)
    {
        var entry = EntryHash.Seal(new Entry
        {
            AccountId = account is null ? GeneralLedger.ShardOf(accountId, transfer.Id) : accountId,
            Sequence = account is null ? 0 : account.Sequence + 1,
            PostedAt = at,
            Amount = amount,
            BalanceAfter = account is null ? Money.Zero(amount.Currency) : account.Balance + amount,
            TransferId = transfer.Id,
            Kind = transfer.Kind,
            Description = transfer.Description,
            Counterparty = counterparty,
            IsOwnTransfer = transfer.IsBetweenOwnAccounts,
            PreviousHash = account?.LastHash ?? default,
        });
        if (account is not null)
        {
            changed.Add(account with
            {
                Balance = entry.BalanceAfter,
                Sequence = entry.Sequence,
                LastEntryAt = at,
                LastHash = entry.Hash,
                Activity = transfer.Kind.IsBooking() ? account.Activity : account.Activity.With(new Movement(
                    at,
                    amount,
                    counterpartyId,
                    transfer.Kind is TransferKind.Deposit or TransferKind.Withdrawal,
                    !transfer.IsBetweenOwnAccounts && !GeneralLedger.IsInternal(counterpartyId),
                    transfer.IsBetweenOwnAccounts)),
                Version = account.Version + 1,
            });
        }

        return entry;
    }
}
