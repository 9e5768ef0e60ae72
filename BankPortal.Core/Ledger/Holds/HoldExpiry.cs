using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Holds;

/// <summary>
/// Rejects transfers that have waited for a decision longer than <see cref="LedgerOptions.HoldsExpireAfter"/>, in the
/// bank's own name. Each is rejected only if it is still held, so analysts and other nodes may work on the same ones.
/// </summary>
public sealed partial class HoldExpiry(
    ILedgerStore store, LedgerService ledger, LedgerOptions options, TimeProvider time, ILogger<HoldExpiry> logger)
{
    /// <summary>The reason that an expired transfer carries.</summary>
    public const string Reason = "expired";

    private const int PageSize = 25;

    /// <summary>Rejects all that are too old now, oldest first.</summary>
    /// <returns>How many of them this node rejected.</returns>
    /// <exception cref="LedgerUnavailableException">The list could not be read; the next run starts over.</exception>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var query = new HeldQuery(PageSize, time.GetUtcNow() - options.HoldsExpireAfter);
        var rejected = 0;
        while (true)
        {
            var page = await store.ListHeldAsync(query, ct);
            foreach (var held in page)
            {
                ct.ThrowIfCancellationRequested();
                switch (await ledger.ExpireAsync(held.Id, ct))
                {
                    case { IsSuccess: true }:
                        rejected++;
                        LogExpired(logger, held.Id);
                        break;
                    case { Error: not NotHeldError and { } error }:
                        LogNotExpired(logger, held.Id, error.Code);
                        break;
                }
            }

            if (page.Count < PageSize)
            {
                return rejected;
            }

            query = query with { After = page[^1] };
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Transfer {TransferId} was held too long and has been rejected")]
    private static partial void LogExpired(ILogger logger, string transferId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Transfer {TransferId} is held too long, but could not be rejected: {Error}")]
    private static partial void LogNotExpired(ILogger logger, string transferId, string error);
}
