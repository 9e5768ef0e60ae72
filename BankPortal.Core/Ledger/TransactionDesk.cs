using BankPortal.Core.Accounts;
using BankPortal.Core.Common;
using BankPortal.Core.Identity;

namespace BankPortal.Core.Ledger;

/// <summary>What fraud analysts and administrators may see of any transaction.</summary>
public sealed class TransactionDesk(ILedgerStore ledger, IAccountStore accounts, ICustomerDirectory directory)
{
    /// <summary>One transaction with both sides, whoever they belong to.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="reference">The transfer's id, or its reference as receipts show it.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The transaction; or <see cref="NotAllowed"/>, <see cref="NotFound"/>.</returns>
    public async Task<Result<TransactionFile>> FindAsync(Actor actor, string reference, CancellationToken ct = default)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowed();
        }

        var id = IdOf(reference);
        if (!DerivedId.IsWellFormed(id) || await ledger.FindTransferAsync(id, ct) is not { } transfer)
        {
            return new NotFound("transaction");
        }

        string?[] people = [transfer.DebitOwnerId, transfer.CreditOwnerId, transfer.InitiatorId, transfer.SettledBy];
        var names = directory.FindNamesAsync([.. people.OfType<string>().Where(person => person != Actor.SystemUserId).Distinct(StringComparer.Ordinal)], ct);
        var debit = AccountAsync(transfer, transfer.DebitAccountId, transfer.DebitSequence, ct);
        var credit = AccountAsync(transfer, transfer.CreditAccountId, transfer.CreditSequence, ct);
        var original = TransferAsync(transfer.ReversesId, ct);
        var reversal = TransferAsync(transfer.ReversedById, ct);

        var known = await names;
        return new TransactionFile(
            transfer,
            Side(transfer.DebitAccountId, await debit, transfer.DebitOwnerId),
            Side(transfer.CreditAccountId, await credit, transfer.CreditOwnerId),
            await original,
            await reversal,
            NameOf(transfer.InitiatorId),
            NameOf(transfer.SettledBy));

        string? NameOf(string? userId) => userId is null ? null : known.GetValueOrDefault(userId);

        TransactionSide Side(string accountId, (Account? Account, Entry? Entry) found, string? ownerId) =>
            new(accountId, found.Account, NameOf(ownerId), found.Entry);
    }

    /// <summary>The id that a reference stands for, however it was typed; whether it is one is another question.</summary>
    public static string IdOf(string reference) =>
        TextInput.Clean(reference).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private async Task<(Account? Account, Entry? Entry)> AccountAsync(Transfer transfer, string accountId, long sequence, CancellationToken ct)
    {
        if (GeneralLedger.IsInternal(accountId))
        {
            return (null, null);
        }

        var account = accounts.FindAsync(accountId, ct);
        var entry = transfer.PostedAt is { } at && sequence > 0
            ? await ledger.FindEntryAsync(accountId, new EntryPosition(at, sequence), ct)
            : null;
        return (await account, entry);
    }

    private async Task<Transfer?> TransferAsync(string? id, CancellationToken ct) => id is null ? null : await ledger.FindTransferAsync(id, ct);
}
