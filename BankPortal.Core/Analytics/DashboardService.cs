namespace BankPortal.Core.Analytics;

/// <summary>Reads the customer's start page. Costs the same however long the history is.</summary>
public sealed class DashboardService(
    AccountService accounts, HistoryService history, AccountDayService accountDays, LedgerRules rules, TimeProvider time)
{
    /// <summary>The longest range of balances, in days.</summary>
    public const int MaxDays = 366;

    /// <summary>Reads the customer's current figures. Opens the account that comes with registration when it is missing.</summary>
    /// <param name="actor">The customer.</param>
    /// <param name="days">How many days of balances, up to <see cref="MaxDays"/>.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The dashboard; or <see cref="NotAllowedError"/> when the actor is not a customer.</returns>
    public async Task<Result<Dashboard>> ReadAsync(Actor actor, int days, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        var own = await accounts.ListAsync(actor, ct);
        if (own.Count == 0)
        {
            var first = await accounts.EnsureFirstAccountAsync(actor.UserId, ct);
            if (!first.IsSuccess)
            {
                return first.Error;
            }

            own = [first.Value];
        }

        var now = time.GetUtcNow();
        var today = rules.DayOf(now);
        var from = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Dashboard.MonthCount);
        from = today.AddDays(1 - Math.Clamp(days, 1, MaxDays)) is var earlier && earlier < from ? earlier : from;

        // Accounts that were closed before the range began have nothing to show in it.
        var lately = own.Where(a => a.ClosedAt is not { } closed || rules.DayOf(closed) >= from).ToList();
        var recent = history.RecentAsync(own, Dashboard.RecentCount, ct);
        var stretches = await Task.WhenAll(lately.Select(account => accountDays.ReadAsync(account, from, ct)));
        return new Dashboard(
            now,
            today,
            [.. own.Where(a => a.Status != AccountStatus.Closed)],
            await recent,
            [.. stretches]);
    }
}
