namespace BankPortal.Core.Analytics.Categories;

/// <summary>
/// Changes what a customer decided about categories, budgets and goals. Every command checks role and ownership, and is applied to the
/// newest book, so two tabs do not overwrite each other. Thread-safe.
/// </summary>
public sealed class CategoryService(
    ICategoryBookStore store, HistoryService history, AccountService accounts, LedgerRules rules, TimeProvider time)
{
    /// <summary>The longest name of a category or goal.</summary>
    public const int MaxNameLength = 40;
    /// <summary>The fewest letters and digits of the longest word in the text of a rule.</summary>
    public const int MinRuleLength = 3;

    private const int MaxTries = 5;
    private const string AmountField = "amount";
    private const string NameField = "name";
    private const string CategoryField = "category";

    /// <summary>Reads the customer's book.</summary>
    public async Task<Result<CategoryBook>> ReadAsync(Actor actor, CancellationToken ct = default) =>
        actor.Is(BankRoles.Customer) ? await store.ReadAsync(actor.UserId, ct) : new NotAllowedError();

    /// <summary>Gives one transaction a category.</summary>
    public Task<Result<CategoryBook>> CorrectAsync(Actor actor, string transferId, string categoryId, CancellationToken ct = default) =>
        AboutEntryAsync(actor, transferId, (book, entry) => KeepCorrection(book, entry, [new(categoryId, Whole(entry))]), ct);

    /// <summary>Gives all transactions like this one a category, past and future: the same counterparty in the same direction.</summary>
    public Task<Result<CategoryBook>> CorrectAllLikeAsync(
        Actor actor, string transferId, string categoryId, CancellationToken ct = default) =>
        AboutEntryAsync(
            actor,
            transferId,
            (book, entry) =>
            {
                var traits = EntryTraits.Of(entry);
                if (SearchText.Fold(traits.Title).Trim() is not { Length: > 0 } title)
                {
                    return new InvalidInputError(CategoryField, "This transaction has no name to recognise others by. Correct it alone.");
                }

                // A decision about this very transaction would hide the new rule.
                var without = book with { Corrections = book.Corrections.RemoveAll(c => c.TransferId == entry.TransferId) };
                return AddRule(without, new CategoryRule("", title, true, traits.IsIncome, categoryId));
            },
            ct);

    /// <summary>Divides a transaction between categories.</summary>
    public Task<Result<CategoryBook>> SplitAsync(
        Actor actor, string transferId, ImmutableArray<(string CategoryId, Money Amount)> parts, CancellationToken ct = default) =>
        AboutEntryAsync(
            actor,
            transferId,
            (book, entry) =>
                parts.Length is < 2 or > 10 ? new InvalidInputError(AmountField, "Divide it into two to ten parts.")
                : parts.Any(part => !part.Amount.IsPositive) ? new InvalidInputError(AmountField, "Each part needs an amount above zero.")
                : parts.Any(part => part.Amount.Currency != entry.Amount.Currency)
                    || parts.Sum(part => part.Amount.MinorUnits) != Whole(entry)
                    ? new InvalidInputError(AmountField, $"The parts must add up to {entry.Amount.Abs().Format(CultureInfo.CurrentCulture)}.")
                : KeepCorrection(book, entry, [.. parts.Select(part => new CategoryPart(part.CategoryId, part.Amount.MinorUnits))]),
            ct);

    /// <summary>Takes back what was decided about one transaction: the rules count for it again.</summary>
    public Task<Result<CategoryBook>> ResetAsync(Actor actor, string transferId, CancellationToken ct = default) =>
        ChangeAsync(actor, book => book with { Corrections = book.Corrections.RemoveAll(c => c.TransferId == transferId) }, ct);

    /// <summary>Adds a rule by text.</summary>
    public Task<Result<CategoryBook>> AddRuleAsync(
        Actor actor, string? text, bool isIncome, string categoryId, CancellationToken ct = default)
    {
        var clean = TextInput.Clean(text);
        return ChangeAsync(
            actor,
            book => !SearchText.Fold(clean).Split(' ').Any(word => word.Count(char.IsLetterOrDigit) >= MinRuleLength)
                ? new InvalidInputError("text", "Enter a word of at least three letters or digits. A shorter text would match nearly everything.")
                : clean.Length > SearchText.MaxLength ? new InvalidInputError("text", "That text is too long.")
                : AddRule(book, new CategoryRule("", clean, false, isIncome, categoryId)),
            ct);
    }

    /// <summary>Removes a rule. Removing one that is gone succeeds.</summary>
    public Task<Result<CategoryBook>> RemoveRuleAsync(Actor actor, string ruleId, CancellationToken ct = default) =>
        ChangeAsync(actor, book => book with { Rules = book.Rules.RemoveAll(rule => rule.Id == ruleId) }, ct);

    /// <summary>Adds a category of the customer's own.</summary>
    public Task<Result<CategoryBook>> AddCategoryAsync(Actor actor, string? name, bool isIncome, CancellationToken ct = default)
    {
        var clean = TextInput.Clean(name);
        return ChangeAsync(
            actor,
            book => clean.Length is 0 or > MaxNameLength ? new InvalidInputError(NameField, "Enter a name of up to 40 characters.")
                : book.Categories.Any(c => SearchText.Fold(c.Name) == SearchText.Fold(clean)) ? new InvalidInputError(NameField, "There is a category of this name already.")
                : book.Own.Length == CategoryBook.MaxOwn ? new InvalidInputError(NameField, "You have 40 categories of your own. Remove one first.")
                : book with { Own = book.Own.Add(new Category(NewId("own-", book.Own.Select(c => c.Id)), clean, isIncome)) },
            ct);
    }

    /// <summary>Removes a category of the customer's own with its rules, corrections and budget. The shipped rules count again.</summary>
    public Task<Result<CategoryBook>> RemoveCategoryAsync(Actor actor, string categoryId, CancellationToken ct = default) =>
        ChangeAsync(
            actor,
            book => book with
            {
                Own = book.Own.RemoveAll(c => c.Id == categoryId && c.Id.StartsWith("own-", StringComparison.Ordinal)),
                Rules = book.Rules.RemoveAll(rule => rule.CategoryId == categoryId && IsOwn(rule.CategoryId)),
                Corrections = book.Corrections.RemoveAll(c => c.Parts.Any(part => part.CategoryId == categoryId && IsOwn(part.CategoryId))),
                Budgets = book.Budgets.RemoveAll(budget => budget.CategoryId == categoryId && IsOwn(budget.CategoryId)),
            },
            ct);

    /// <summary>Sets or changes a category's monthly budget.</summary>
    public Task<Result<CategoryBook>> SetBudgetAsync(Actor actor, string? categoryId, Money amount, CancellationToken ct = default) =>
        ChangeAsync(
            actor,
            book => book.Find(categoryId) is not { IsIncome: false, Id: not ShippedCategories.Excluded } category
                ? new InvalidInputError(CategoryField, "Choose a category of spending.")
                : !amount.IsPositive ? new InvalidInputError(AmountField, "Enter an amount above zero.")
                : book.Budgets.Length == CategoryBook.MaxBudgets && book.Budgets.All(b => b.CategoryId != category.Id)
                    ? new InvalidInputError(CategoryField, "You have 40 budgets. Remove one first.")
                : book with
                {
                    Budgets = book.Budgets.RemoveAll(b => b.CategoryId == category.Id)
                        .Add(new Budget(category.Id, amount.MinorUnits, amount.Currency.Code)),
                },
            ct);

    /// <summary>Removes a budget. Removing one that is gone succeeds.</summary>
    public Task<Result<CategoryBook>> RemoveBudgetAsync(Actor actor, string categoryId, CancellationToken ct = default) =>
        ChangeAsync(actor, book => book with { Budgets = book.Budgets.RemoveAll(b => b.CategoryId == categoryId) }, ct);

    /// <summary>Adds a savings goal on one of the customer's accounts.</summary>
    public async Task<Result<CategoryBook>> AddGoalAsync(
        Actor actor, string? name, Money amount, string accountId, DateOnly? target, CancellationToken ct = default)
    {
        var account = await accounts.GetAsync(actor, accountId, ct);
        if (!account.IsSuccess)
        {
            return new InvalidInputError("account", "Choose one of your accounts.");
        }

        var clean = TextInput.Clean(name);
        var today = rules.DayOf(time.GetUtcNow());
        return await ChangeAsync(
            actor,
            book => clean.Length is 0 or > MaxNameLength ? new InvalidInputError(NameField, "Enter a name of up to 40 characters.")
                : !amount.IsPositive || amount.Currency != account.Value.Currency ? new InvalidInputError(AmountField, "Enter an amount above zero.")
                : target is not { } day || day <= today ? new InvalidInputError("target", "Choose a day in the future.")
                : day > today.AddYears(50) ? new InvalidInputError("target", "Choose a day within 50 years.")
                : book.Goals.Length == CategoryBook.MaxGoals ? new InvalidInputError(NameField, "You have 20 goals. Remove one first.")
                : book with
                {
                    Goals = book.Goals.Add(new SavingsGoal(
                        NewId("goal-", book.Goals.Select(g => g.Id)), clean, amount.MinorUnits, amount.Currency.Code, account.Value.Id, day)),
                },
            ct);
    }

    /// <summary>Removes a goal. Removing one that is gone succeeds.</summary>
    public Task<Result<CategoryBook>> RemoveGoalAsync(Actor actor, string goalId, CancellationToken ct = default) =>
        ChangeAsync(actor, book => book with { Goals = book.Goals.RemoveAll(goal => goal.Id == goalId) }, ct);

    /// <summary>Notes which standing order saves for a goal, if the noted one is still the one that the caller saw.</summary>
    internal Task<Result<CategoryBook>> LinkOrderAsync(
        Actor actor, string goalId, string? seen, string? orderId, CancellationToken ct) =>
        ChangeAsync(
            actor,
            book => book.Goals.FirstOrDefault(goal => goal.Id == goalId) is not { } goal ? new NotFoundError("goal")
                : goal.OrderId != seen ? new InvalidInputError("transfer", "This goal has changed meanwhile. Look at it again first.")
                : book with { Goals = book.Goals.Replace(goal, goal with { OrderId = orderId }) },
            ct);

    private static bool IsOwn(string categoryId) => categoryId.StartsWith("own-", StringComparison.Ordinal);

    private static long Whole(Entry entry) => entry.Amount.Abs().MinorUnits;

    private static Result<CategoryBook> AddRule(CategoryBook book, CategoryRule rule)
    {
        if (CategoryErrorOf(book, rule.CategoryId, rule.IsIncome) is { } error)
        {
            return error;
        }

        var others = book.Rules.RemoveAll(r =>
            r.IsWhole == rule.IsWhole && r.IsIncome == rule.IsIncome && SearchText.Fold(r.Text) == SearchText.Fold(rule.Text));
        return others.Length >= CategoryBook.MaxRules
            ? new InvalidInputError("text", "You have 200 rules. Remove one first.")
            : book with { Rules = others.Add(rule with { Id = NewId("rule-", others.Select(r => r.Id)) }) };
    }

    private static Error? CategoryErrorOf(CategoryBook book, string categoryId, bool isIncome) => book.Find(categoryId) switch
    {
        null => new InvalidInputError(CategoryField, "Choose a category."),
        { Id: ShippedCategories.Excluded } => null,
        { IsIncome: var income } when income != isIncome => new InvalidInputError(
            CategoryField, isIncome ? "Choose a category of income." : "Choose a category of spending."),
        _ => null,
    };

    // Ids count up, so that they are stable and need no randomness.
    private static string NewId(string prefix, IEnumerable<string> ids) =>
        prefix + (ids.Where(id => id.StartsWith(prefix, StringComparison.Ordinal))
            .Select(id => int.Parse(id.AsSpan(prefix.Length), CultureInfo.InvariantCulture))
            .DefaultIfEmpty().Max() + 1).ToString(CultureInfo.InvariantCulture);

    private Result<CategoryBook> KeepCorrection(CategoryBook book, Entry entry, ImmutableArray<CategoryPart> parts)
    {
        var traits = EntryTraits.Of(entry);
        var errors = parts.Select(part => CategoryErrorOf(book, part.CategoryId, traits.IsIncome));
        if (errors.FirstOrDefault(error => error is not null) is { } wrong)
        {
            return wrong;
        }

        var others = book.Corrections.RemoveAll(correction => correction.TransferId == entry.TransferId);
        return others.Length >= CategoryBook.MaxCorrections
            ? new InvalidInputError(CategoryField, "You have corrected 500 single transactions. Use “all like it” for this one.")
            : book with
            {
                Corrections = others.Add(new EntryCorrection(
                    entry.TransferId, rules.DayOf(entry.PostedAt), traits, Whole(entry), entry.Amount.Currency.Code, parts)),
            };
    }

    private async Task<Result<CategoryBook>> AboutEntryAsync(
        Actor actor, string transferId, Func<CategoryBook, Entry, Result<CategoryBook>> change, CancellationToken ct)
    {
        var found = await history.FindAsync(actor, transferId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        return (found.Value.Debit?.Entry ?? found.Value.Credit?.Entry) is { } entry && EntryTraits.Of(entry).Counts
            ? await ChangeAsync(actor, book => change(book, entry), ct)
            : new InvalidInputError(CategoryField, "This is neither income nor spending, so it has no category.");
    }

    private async Task<Result<CategoryBook>> ChangeAsync(
        Actor actor, Func<CategoryBook, Result<CategoryBook>> change, CancellationToken ct)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var changed = change(await store.ReadAsync(actor.UserId, ct));
            if (!changed.IsSuccess)
            {
                return changed.Error;
            }

            if (await store.TryWriteAsync(actor.UserId, changed.Value, ct))
            {
                return changed.Value with { Version = changed.Value.Version + 1 };
            }
        }

        return new BusyError();
    }
}
