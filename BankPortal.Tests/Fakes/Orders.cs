namespace BankPortal.Tests.Fakes;

/// <summary>Orders as customers give them.</summary>
internal static class Orders
{
    /// <summary>A transfer by the owner of the paying account, who has confirmed that a likely duplicate is meant.</summary>
    /// <param name="from">The account that pays.</param>
    /// <param name="to">The account that is paid.</param>
    /// <param name="amount">In dollars.</param>
    /// <param name="key">The idempotency key; a new one if left out.</param>
    public static TransferOrder Transfer(Account from, Account to, decimal amount, string? key = null) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = key ?? Guid.NewGuid().ToString("N"),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = Money.Of(amount, Currency.Usd),
        DuplicateConfirmed = true,
    };
}
