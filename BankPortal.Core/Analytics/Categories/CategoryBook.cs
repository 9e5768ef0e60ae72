using System.Text.Json.Serialization;

namespace BankPortal.Core.Analytics.Categories;

/// <summary>
/// What one customer decided about categories, budgets and savings goals: one small document that is read in one round trip. Ledger rows
/// never change through it; the decisions are applied when figures are computed, so they apply to the past as well.
/// </summary>
public sealed record CategoryBook
{
    /// <summary>The most categories of the customer's own.</summary>
    public const int MaxOwn = 40;
    /// <summary>The most rules.</summary>
    public const int MaxRules = 200;
    /// <summary>The most single transactions with a decision.</summary>
    public const int MaxCorrections = 500;
    /// <summary>The most budgets.</summary>
    public const int MaxBudgets = 40;
    /// <summary>The most savings goals.</summary>
    public const int MaxGoals = 20;

    /// <summary>The version that is stored; zero when nothing is.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The customer's own categories.</summary>
    public ImmutableArray<Category> Own { get; init; } = [];

    /// <summary>The customer's rules; the newest match counts.</summary>
    public ImmutableArray<CategoryRule> Rules { get; init; } = [];

    /// <summary>What was decided about single transactions.</summary>
    public ImmutableArray<EntryCorrection> Corrections { get; init; } = [];

    /// <summary>Monthly budgets.</summary>
    public ImmutableArray<Budget> Budgets { get; init; } = [];

    /// <summary>Savings goals.</summary>
    public ImmutableArray<SavingsGoal> Goals { get; init; } = [];

    /// <summary>Shipped and own categories.</summary>
    [JsonIgnore]
    public IEnumerable<Category> Categories => [.. ShippedCategories.All.SkipLast(1), .. Own, ShippedCategories.All[^1]];

    /// <summary>Returns a category, or <see langword="null"/> when there is none of that id.</summary>
    public Category? Find(string? id) => Categories.FirstOrDefault(category => category.Id == id);

    /// <summary>Returns a category's name. One that was removed is called so.</summary>
    public string NameOf(string id) => Find(id)?.Name ?? "Removed category";
}

/// <summary>A customer's rule: all movements of one direction whose text matches get a category.</summary>
/// <param name="Id">The id within the book.</param>
/// <param name="Text">The text; every word of it must be there.</param>
/// <param name="IsWhole">Whether the text must be the whole counterparty (or description, if there is none), not a part.</param>
/// <param name="IsIncome">Whether it is about income, or else spending.</param>
/// <param name="CategoryId">The category.</param>
public sealed record CategoryRule(string Id, string Text, bool IsWhole, bool IsIncome, string CategoryId);

/// <summary>
/// What a customer decided about one transaction. It keeps what the sums need to know, so that applying it reads no entry.
/// </summary>
/// <param name="TransferId">The transaction.</param>
/// <param name="Day">The day of the bank it was posted.</param>
/// <param name="Traits">What the rules see.</param>
/// <param name="Amount">The amount in minor units, positive.</param>
/// <param name="CurrencyCode">The currency.</param>
/// <param name="Parts">The categories with their amounts, which add up to <paramref name="Amount"/>; one or more.</param>
public sealed record EntryCorrection(
    string TransferId, DateOnly Day, EntryTraits Traits, long Amount, string CurrencyCode, ImmutableArray<CategoryPart> Parts);

/// <summary>A part of a transaction's amount that belongs to a category.</summary>
public sealed record CategoryPart(string CategoryId, long Amount);

/// <summary>The most to be spent in a category per month, in minor units.</summary>
public sealed record Budget(string CategoryId, long Amount, string CurrencyCode);

/// <summary>Money to be saved until a day.</summary>
/// <param name="Id">The id within the book.</param>
/// <param name="Name">What for.</param>
/// <param name="Amount">How much, in minor units.</param>
/// <param name="CurrencyCode">The currency.</param>
/// <param name="AccountId">The account whose balance counts.</param>
/// <param name="Target">The day by which it is wanted.</param>
/// <param name="OrderId">The standing order that saves for it; <see langword="null"/> when there never was one.</param>
public sealed record SavingsGoal(
    string Id, string Name, long Amount, string CurrencyCode, string AccountId, DateOnly Target, string? OrderId = null);
