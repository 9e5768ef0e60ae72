namespace BankPortal.Core.Accounts;

/// <summary>
/// A customer account, stored as one row: its details, its balances, and the recent activity that limits and fraud rules need. A posting
/// writes the row together with its entries, on the condition that <see cref="Version"/> has not changed since it was read.
/// </summary>
public sealed record Account
{
    /// <summary>The account's permanent internal id; not the account number.</summary>
    public required string Id { get; init; }

    /// <summary>The user id of the owner.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The account number that others use to pay into the account.</summary>
    public required AccountNumber Number { get; init; }

    /// <summary>Checking or savings.</summary>
    public required AccountType Type { get; init; }

    /// <summary>The name the owner gave the account, if any.</summary>
    public string? Nickname { get; init; }

    /// <summary>The currency of every amount of the account.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Whether money may come in and go out.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>The posted balance: the sum of all entries.</summary>
    public required Money Balance { get; init; }

    /// <summary>The sum of all holds for held transfers; part of <see cref="Balance"/> but not spendable.</summary>
    public required Money Held { get; init; }

    /// <summary>The agreed overdraft: how far below zero the available balance may go; zero for most accounts.</summary>
    public required Money Overdraft { get; init; }

    /// <summary>The number of entries, and of the last entry; the next entry gets this number plus one.</summary>
    public long Sequence { get; init; }

    /// <summary>When the last entry was posted; later entries are never dated earlier.</summary>
    public DateTimeOffset? LastEntryAt { get; init; }

    /// <summary>The hash of the last entry, which the next entry is chained to; empty when there are no entries.</summary>
    public ReadOnlyMemory<byte> LastHash { get; init; }

    /// <summary>The recent activity that limits and fraud rules need.</summary>
    public AccountActivity Activity { get; init; } = AccountActivity.None;

    /// <summary>The number of writes to the row; the optimistic lock against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>When the account was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the account was closed; <see langword="null"/> while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The available balance: <see cref="Balance"/> less <see cref="Held"/>, without the overdraft.</summary>
    public Money Available => Balance - Held;

    /// <summary>The most that can leave the account now: <see cref="Available"/> plus the agreed overdraft.</summary>
    public Money Spendable => Available + Overdraft;

    /// <summary>The nickname, or the account type when there is none.</summary>
    public string DisplayName => string.IsNullOrWhiteSpace(Nickname) ? Type.ToString() : Nickname;

    /// <summary>The display name and the last four digits, as shown to the owner in lists and on entries.</summary>
    public string Label => $"{DisplayName} {Number.Masked}";
}

/// <summary>The status of an account: whether money may come in and go out.</summary>
public enum AccountStatus
{
    /// <summary>Money may come in and go out.</summary>
    Active,

    /// <summary>Money may come in but not go out.</summary>
    Frozen,

    /// <summary>Money may neither come in nor go out; permanent.</summary>
    Closed,
}

/// <summary>The kind of a customer account.</summary>
public enum AccountType
{
    /// <summary>For everyday payments.</summary>
    Checking,

    /// <summary>For putting money aside.</summary>
    Savings,
}
