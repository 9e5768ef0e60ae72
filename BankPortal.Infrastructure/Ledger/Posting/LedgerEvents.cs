using BankPortal.Core.Common.Events;

namespace BankPortal.Infrastructure.Ledger.Posting;

/// <summary>Makes the event of a ledger commit: one for the whole commit, so that a group of transfers costs one row.</summary>
internal static class LedgerEvents
{
    /// <summary>Returns the event; <see langword="null"/> when nobody has to be told, as for imports and opening balances.</summary>
    public static BankEvent? Of(LedgerCommit commit)
    {
        var told = commit.Transfers.Where(IsOfInterest).ToList();
        if (told.Count == 0)
        {
            return null;
        }

        var first = told[0].Transfer;
        var high = commit.Accounts.Length == 0
            ? 0
            : commit.Accounts.Max(account => account.Activity.SumOfHours(first.ChangedAt, AccountActivity.WindowHours).HighValue);
        return BankEvent.Of(
            DerivedId.From(["ledger", .. told.SelectMany(change => new[] { change.Transfer.Id, change.Transfer.Status.ToString() })]),
            BankEventKinds.LedgerCommitted,
            "",
            first.ChangedAt,
            (LedgerFacts.Name, LedgerFacts.Write(told.Select(change => FactsOf(change, commit, high)))));
    }

    // What the bank books by itself in bulk (imports, opening balances) is not news. A reversal that is linked to its original is in the
    // same commit as the reversal itself.
    private static bool IsOfInterest(TransferChange change) =>
        change is not { ExpectedStatus: TransferStatus.Posted }
        && (change.Transfer.DebitOwnerId ?? change.Transfer.CreditOwnerId) is not null
        && (change.Transfer.InitiatorId != Actor.SystemUserId
            || change.ExpectedStatus is not null
            || change.Transfer.Kind is TransferKind.Interest or TransferKind.Fee or TransferKind.Reversal);

    private static LedgerFacts FactsOf(TransferChange change, LedgerCommit commit, int highValues)
    {
        var transfer = change.Transfer;
        return new LedgerFacts(
            transfer.Id,
            transfer.Status.ToString(),
            change.ExpectedStatus is not null,
            BalanceAfter(transfer.DebitAccountId),
            BalanceAfter(transfer.CreditAccountId),
            highValues);

        long? BalanceAfter(string accountId) => commit.Entries
            .FirstOrDefault(entry => entry.Sequence != 0 && entry.TransferId == transfer.Id && entry.AccountId == accountId)
            ?.BalanceAfter.MinorUnits;
    }
}
