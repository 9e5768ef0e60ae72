namespace BankPortal.Core.Ledger.History;

/// <summary>
/// Saves filters of the history under names, for the customer alone. Changes apply to the newest list, so two tabs do not overwrite each
/// other. Thread-safe.
/// </summary>
public sealed class SavedFilterService(ISavedFilterStore store)
{
    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 40;

    private const int MaxQueryLength = 1_000;
    private const int MaxTries = 5;
    private const string NameField = "name";

    /// <summary>Reads the customer's filters, by name.</summary>
    public async Task<Result<SavedFilters>> ReadAsync(Actor actor, CancellationToken ct = default) =>
        actor.Is(BankRoles.Customer) ? await store.ReadFiltersAsync(actor.UserId, ct) : new NotAllowedError();

    /// <summary>Saves a filter.</summary>
    /// <param name="actor">The customer.</param>
    /// <param name="id">The filter to change; <see langword="null"/> for a new one.</param>
    /// <param name="name">Its name, which no other one has.</param>
    /// <param name="query">The filters as they stand in the history's address.</param>
    /// <param name="ct">Cancels the work.</param>
    public Task<Result<SavedFilters>> SaveAsync(Actor actor, string? id, string? name, string query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var clean = TextInput.Clean(name);
        return ChangeAsync(
            actor,
            filters => clean.Length is 0 or > MaxNameLength ? new InvalidInputError(NameField, "Enter a name of up to 40 characters.")
                : query.Length < 2 || query[0] != '?' ? new InvalidInputError(NameField, "Choose a filter first; there is nothing to save yet.")
                : query.Length > MaxQueryLength || query.Any(c => !IsOfAddress(c)) ? new InvalidInputError(NameField, "This filter is too long to be saved.")
                : id is not null && filters.All.All(one => one.Id != id) ? new NotFoundError("filter")
                : filters.All.Any(one => one.Id != id && SearchText.Fold(one.Name) == SearchText.Fold(clean))
                    ? new InvalidInputError(NameField, "There is a filter of this name already.")
                : id is null && filters.All.Length >= SavedFilters.Most
                    ? new InvalidInputError(NameField, "You have saved 30 filters. Remove one first.")
                : filters with
                {
                    All =
                    [
                        .. filters.All.RemoveAll(one => one.Id == id)
                            .Add(new SavedFilter(id ?? DerivedId.Random(), clean, query))
                            .OrderBy(one => SearchText.Fold(one.Name), StringComparer.Ordinal),
                    ],
                },
            ct);
    }

    /// <summary>Removes a filter. Removing one that is gone succeeds.</summary>
    public Task<Result<SavedFilters>> RemoveAsync(Actor actor, string id, CancellationToken ct = default) =>
        ChangeAsync(actor, filters => filters with { All = filters.All.RemoveAll(one => one.Id == id) }, ct);

    // What stands in an address behind its question mark, encoded.
    private static bool IsOfAddress(char c) => char.IsAsciiLetterOrDigit(c) || "?&=%-._~+!*'();:@/,$".Contains(c, StringComparison.Ordinal);

    private async Task<Result<SavedFilters>> ChangeAsync(
        Actor actor, Func<SavedFilters, Result<SavedFilters>> change, CancellationToken ct)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var changed = change(await store.ReadFiltersAsync(actor.UserId, ct));
            if (!changed.IsSuccess)
            {
                return changed.Error;
            }

            if (await store.TryWriteFiltersAsync(actor.UserId, changed.Value, ct))
            {
                return changed.Value with { Version = changed.Value.Version + 1 };
            }
        }

        return new BusyError();
    }
}
