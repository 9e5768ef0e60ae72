namespace BankPortal.Tests.Fakes;

/// <summary>What is known of customers and accounts besides their rows, in memory.</summary>
public sealed class InMemoryRiskBackgrounds : IRiskBackgroundStore
{
    /// <summary>Whom customers have paid; set by the bank that uses it.</summary>
    public IPayeeStore? Payees { get; set; }

    /// <summary>When a customer's credentials last changed.</summary>
    public Dictionary<string, DateTimeOffset> SecurityChanges { get; } = new(StringComparer.Ordinal);

    /// <summary>The lists an account is on.</summary>
    public Dictionary<string, string> Lists { get; } = new(StringComparer.Ordinal);

    public async Task<RiskBackground> ReadAsync(TransferOrder order, DateTimeOffset now, CancellationToken ct = default) => new()
    {
        IsAssessed = true,
        PayeeSince = Payees is null ? null : (await Payees.FindAsync(order.Actor.UserId, order.CreditAccountId, ct))?.FirstPaidAt,
        SecurityChangedAt = SecurityChanges.TryGetValue(order.Actor.UserId, out var changed) ? changed : null,
        Lists = [.. new[] { order.DebitAccountId, order.CreditAccountId }
            .Where(id => Lists.TryGetValue(id, out var list) && (list != RiskLists.Trusted || id == order.CreditAccountId))
            .Select(id => Lists[id])],
    };
}
