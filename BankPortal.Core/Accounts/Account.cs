namespace BankPortal.Core.Accounts;

/// <summary>
/// A customer account as one row of the books: what it is, what it holds, and what the rules must know of its recent
/// past. The row is written only together with the entries that change it, on the condition that its
/// <see cref="Version"/> is still the one that was read.
/// </summary>
public sealed record Account
{
    /// <summary>Identifies the account for ever; never shown as an account number.</summary>
    public required string Id { get; init; }

    /// <summary>The user who owns it.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The number others pay to.</summary>
    public required AccountNumber Number { get; init; }

    /// <summary>Checking or savings.</summary>
    public required AccountType Type { get; init; }

    /// <summary>The owner's own name for it, if given.</summary>
    public string? Nickname { get; init; }

    /// <summary>The currency of every amount in it.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What it lets through.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>The posted balance: the sum of all entries.</summary>
    public required Money Balance { get; init; }

    /// <summary>Reserved for held transfers; part of <see cref="Balance"/>, not spendable.</summary>
    public required Money Held { get; init; }

    /// <summary>How far below zero the available balance may go by agreement; zero for most.</summary>
    public required Money Overdraft { get; init; }

    /// <summary>How many entries the account has; the next one gets this number plus one.</summary>
    public long Sequence { get; init; }

    /// <summary>When the last entry was posted; later entries are never dated before it.</summary>
    public DateTimeOffset? LastEntryAt { get; init; }

    /// <summary>The hash of the last entry, to which the next one is chained; empty before the first.</summary>
    public ReadOnlyMemory<byte> LastHash { get; init; }

    /// <summary>The recent past that limits and fraud rules need.</summary>
    public AccountActivity Activity { get; init; } = AccountActivity.None;

    /// <summary>Counts the writes of the row; the lock against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was closed, if it was.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What can be spent: balance less what is held, not counting an overdraft.</summary>
    public Money Available => Balance - Held;

    /// <summary>What can leave the account now: <see cref="Available"/> plus the agreed overdraft.</summary>
    public Money Spendable => Available + Overdraft;

    /// <summary>The nickname, or the type where there is none.</summary>
    public string DisplayName => string.IsNullOrWhiteSpace(Nickname) ? Type.ToString() : Nickname;

    /// <summary>Name and last four digits, as the owner sees it in lists and on entries.</summary>
    public string Label => $"{DisplayName} {Number.Masked}";
}

/// <summary>What an account lets through.</summary>
public enum AccountStatus
{
    /// <summary>Money may come in and go out.</summary>
    Active,

    /// <summary>Money may come in; nothing goes out.</summary>
    Frozen,

    /// <summary>Nothing comes in or goes out, for ever.</summary>
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
