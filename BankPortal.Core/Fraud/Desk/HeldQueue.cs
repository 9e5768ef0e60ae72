using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>The transfers that wait for an analyst. Decisions are <see cref="TransactionDesk"/>'s.</summary>
public sealed class HeldQueue(ILedgerStore ledger, ICustomerDirectory directory, FiredRules fired, LedgerOptions options)
{
    /// <summary>How many transfers are shown at first, and added each time more are asked for.</summary>
    public const int PageSize = 25;

    /// <summary>The most that are shown; behind that, deciding is more urgent than looking.</summary>
    public const int MaxLines = 200;

    /// <summary>
    /// The oldest held transfers. The list of them follows a moment later, so each row is looked at itself: what has been
    /// decided is left out. Three round trips for each stretch of <see cref="PageSize"/>.
    /// </summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="culture">In whose words the reasons are.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<Result<HeldPage>> ListAsync(Actor actor, int count, CultureInfo culture, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        var wanted = Math.Clamp(count, 1, MaxLines);
        var held = await ledger.ListHeldAsync(new HeldQuery(wanted + 1), ct);
        var lines = new List<HeldLine>(wanted);
        foreach (var some in held.Take(wanted).Chunk(PageSize))
        {
            lines.AddRange(await ReadAsync(some, culture, ct));
        }

        return new HeldPage([.. lines], held.Count > wanted);
    }

    private async Task<IEnumerable<HeldLine>> ReadAsync(Transfer[] held, CultureInfo culture, CancellationToken ct)
    {
        string[] accounts = [.. held.SelectMany(transfer => new[] { transfer.DebitAccountId, transfer.CreditAccountId }).Where(id => !GeneralLedger.IsInternal(id)).Distinct(StringComparer.Ordinal)];
        string[] owners = [.. held.SelectMany(transfer => new[] { transfer.DebitOwnerId, transfer.CreditOwnerId }).OfType<string>().Distinct(StringComparer.Ordinal)];
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
                transfer.CreatedAt + options.HoldsExpireAfter));

        string? Name(string? ownerId) => ownerId is null ? null : names.GetValueOrDefault(ownerId);
    }
}
