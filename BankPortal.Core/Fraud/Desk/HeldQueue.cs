using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Reads the held transfers that wait for an analyst. <see cref="TransactionDesk"/> carries out the decisions. Stateless,
/// thread-safe.</summary>
public sealed class HeldQueue(
    ILedgerStore ledger, ICustomerDirectory directory, FiredRules fired, ConflictsOfInterest conflicts, LedgerOptions options)
{
    /// <summary>The number of transfers on a page, and the increment of "show more".</summary>
    public const int PageSize = 25;

    /// <summary>The most transfers that are shown.</summary>
    public const int MaxLines = 200;

    /// <summary>
    /// Reads the oldest held transfers. The list comes from an eventually consistent index, so each transfer is read itself and those
    /// already settled are left out. Three round trips for each <see cref="PageSize"/> transfers, and one read of the reader's related
    /// people beside the first.
    /// </summary>
    /// <param name="actor">The reader.</param>
    /// <param name="count">The most transfers to return.</param>
    /// <param name="culture">The culture of the reasons.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<Result<HeldPage>> ListAsync(Actor actor, int count, CultureInfo culture, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        var wanted = Math.Clamp(count, 1, MaxLines);
        var reading = conflicts.OfAsync(actor, ct);
        var held = await ledger.ListHeldAsync(new HeldQuery(wanted + 1), ct);
        var own = await reading;
        var lines = new List<HeldLine>(wanted);
        foreach (var some in held.Take(wanted).Chunk(PageSize))
        {
            lines.AddRange(await ReadAsync(some, own, culture, ct));
        }

        return new HeldPage([.. lines], held.Count > wanted);
    }

    private async Task<IEnumerable<HeldLine>> ReadAsync(Transfer[] held, OwnInterests own, CultureInfo culture, CancellationToken ct)
    {
        string[] accounts =
        [
            .. held.SelectMany(transfer => new[] { transfer.DebitAccountId, transfer.CreditAccountId })
                .Where(id => !GeneralLedger.IsInternal(id))
                .Distinct(StringComparer.Ordinal),
        ];
        string[] owners =
        [
            .. held.SelectMany(transfer => new[] { transfer.DebitOwnerId, transfer.CreditOwnerId })
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
        var reading = ledger.ReadManyAsync([.. held.Select(transfer => transfer.Id)], accounts, ct);
        await fired.PrepareAsync(held.Select(transfer => transfer.Risk), ct);
        var names = await directory.FindNamesAsync(owners, ct);
        var now = await reading;
        return held
            .Select(transfer => now.Transfers.GetValueOrDefault(transfer.Id) ?? transfer)
            .Where(transfer => transfer.Status == TransferStatus.Held)
            .Select(transfer => new HeldLine(
                transfer,
                now.Accounts.GetValueOrDefault(transfer.DebitAccountId),
                now.Accounts.GetValueOrDefault(transfer.CreditAccountId),
                Name(transfer.DebitOwnerId),
                Name(transfer.CreditOwnerId),
                fired.Of(transfer.Risk, culture),
                transfer.CreatedAt + options.HoldsExpireAfter)
            {
                Conflict = own.ConflictWith(transfer.Involved),
            });

        string? Name(string? ownerId) => ownerId is null ? null : names.GetValueOrDefault(ownerId);
    }
}
