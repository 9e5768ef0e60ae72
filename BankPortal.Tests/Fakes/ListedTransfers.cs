using System.Runtime.CompilerServices;

namespace BankPortal.Tests.Fakes;

/// <summary>A feed that reads from a list.</summary>
public sealed class ListedTransfers : ITransferFeedReader
{
    /// <summary>The transfers.</summary>
    public IReadOnlyList<Transfer> Transfers { get; set; } = [];

    /// <summary>Awaited before each transfer is given out.</summary>
    public Func<int, CancellationToken, Task>? Before { get; set; }

    public async IAsyncEnumerable<Transfer> ReadPeriodAsync(
        DateTimeOffset from,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken ct = default
    )
    {
        var i = 0;
        foreach (
            var transfer in Transfers
                .Where(transfer => transfer.ChangedAt >= from && transfer.ChangedAt < before)
                .OrderBy(transfer => transfer.ChangedAt)
        )
        {
            if (Before is not null)
            {
                await Before(i++, ct);
            }

            yield return transfer;
        }
    }

    public Task<IReadOnlyList<Transfer>> ReadNewestAsync(
        int limit,
        DateTimeOffset notBefore,
        DateTimeOffset before,
        CancellationToken ct = default
    ) =>
        Task.FromResult<IReadOnlyList<Transfer>>([
            .. Transfers
                .Where(transfer => transfer.ChangedAt >= notBefore && transfer.ChangedAt < before)
                .OrderByDescending(transfer => transfer.ChangedAt)
                .Take(limit),
        ]);

    public Task<bool> AnyAsync(CancellationToken ct = default) => Task.FromResult(Transfers.Count > 0);
}
