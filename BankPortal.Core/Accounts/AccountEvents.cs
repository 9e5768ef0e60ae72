using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Accounts;

/// <summary>Makes the events of accounts.</summary>
public static class AccountEvents
{
    /// <summary>Returns the event of a change; its id is derived from the account's version.</summary>
    /// <param name="account">The account after the change.</param>
    /// <param name="kind">One of <see cref="BankEventKinds"/>.</param>
    /// <param name="at">When it happened.</param>
    public static BankEvent Of(Account account, string kind, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(account);
        return BankEvent.Of(
            DerivedId.From(kind, account.Id, account.Version.ToString(CultureInfo.InvariantCulture)),
            kind,
            account.OwnerId,
            at,
            ("account", account.Id));
    }
}
