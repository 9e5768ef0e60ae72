using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Core.Analytics.Goals;

/// <summary>
/// Monthly transfers to savings goals. They are standing orders between the customer's own accounts, made and changed by
/// <see cref="StandingOrderService"/>, which checks role and ownership; a goal only notes the id of its order. Thread-safe.
/// </summary>
public sealed class GoalTransferService(CategoryService categories, StandingOrderService orders)
{
    /// <summary>
    /// The transfers that save for the goals of a book, by goal; those that have ended are left out. Two round trips, none when no goal
    /// has ever had a transfer.
    /// </summary>
    public async Task<ImmutableDictionary<string, StandingOrderView>> ListAsync(
        Actor actor, CategoryBook book, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (book.Goals.All(goal => goal.OrderId is null))
        {
            return ImmutableDictionary<string, StandingOrderView>.Empty;
        }

        var all = (await orders.ListAsync(actor, ct)).ToDictionary(view => view.Order.Id, StringComparer.Ordinal);
        return book.Goals
            .Select(goal => (goal.Id, View: goal.OrderId is { } id ? all.GetValueOrDefault(id) : null))
            .Where(goal => goal.View is { Order.IsOver: false })
            .ToImmutableDictionary(goal => goal.Id, goal => goal.View!, StringComparer.Ordinal);
    }

    /// <summary>
    /// Begins to save for a goal each month. The goal notes the order before it is made, so there is none that the goal does not show.
    /// </summary>
    /// <returns>
    /// The order; or <see cref="InvalidInputError"/> with the field "from", "amount", "first" or "transfer", or a refusal of
    /// <see cref="StandingOrderService"/>.
    /// </returns>
    public async Task<Result<StandingOrder>> BeginAsync(Actor actor, GoalTransferRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var book = await categories.ReadAsync(actor, ct);
        if (!book.IsSuccess)
        {
            return book.Error;
        }

        if (book.Value.Goals.FirstOrDefault(goal => goal.Id == request.GoalId) is not { } goal)
        {
            return new NotFoundError("goal");
        }

        if (Check(goal, request) is { } wrong)
        {
            return wrong;
        }

        var reviewed = await orders.ReviewAsync(actor, OrderOf(goal, request), ct);
        if (!reviewed.IsSuccess)
        {
            return reviewed.Error;
        }

        var id = reviewed.Value.Order.Id;
        if (goal.OrderId is { } before && before != id)
        {
            if (await orders.GetAsync(actor, before, ct) is { IsSuccess: true, Value.Order.IsOver: false })
            {
                return new InvalidInputError("transfer", "This goal has a monthly transfer already. Stop it first.");
            }
        }

        var linked = await categories.LinkOrderAsync(actor, goal.Id, goal.OrderId, id, ct);
        if (!linked.IsSuccess)
        {
            return linked.Error;
        }

        var created = await orders.CreateAsync(actor, reviewed.Value, ct);
        if (!created.IsSuccess && goal.OrderId != id)
        {
            await categories.LinkOrderAsync(actor, goal.Id, id, goal.OrderId, ct);
        }

        return created;
    }

    /// <summary>Pauses a goal's transfer.</summary>
    public Task<Result<StandingOrder>> PauseAsync(Actor actor, string goalId, CancellationToken ct = default) =>
        ChangeAsync(actor, goalId, id => orders.PauseAsync(actor, id, ct), ct);

    /// <summary>Resumes a goal's transfer.</summary>
    public Task<Result<StandingOrder>> ResumeAsync(Actor actor, string goalId, CancellationToken ct = default) =>
        ChangeAsync(actor, goalId, id => orders.ResumeAsync(actor, id, ct), ct);

    /// <summary>Ends a goal's transfer for good. The goal stays.</summary>
    public Task<Result<StandingOrder>> StopAsync(Actor actor, string goalId, CancellationToken ct = default) =>
        ChangeAsync(actor, goalId, id => orders.CancelAsync(actor, id, ct), ct);

    /// <summary>Removes a goal. Removing one that is gone succeeds.</summary>
    /// <param name="actor">The customer.</param>
    /// <param name="goalId">The goal.</param>
    /// <param name="stopTransfer">Whether its transfer ends too, before the goal goes; otherwise it goes on as a standing order.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task<Result<CategoryBook>> RemoveGoalAsync(
        Actor actor, string goalId, bool stopTransfer, CancellationToken ct = default)
    {
        if (stopTransfer
            && await StopAsync(actor, goalId, ct) is { IsSuccess: false, Error: not (NotFoundError or StandingOrderOverError) } stopped)
        {
            return stopped.Error;
        }

        return await categories.RemoveGoalAsync(actor, goalId, ct);
    }

    private static InvalidInputError? Check(SavingsGoal goal, GoalTransferRequest request) =>
        request.FromAccountId == goal.AccountId
            ? new InvalidInputError("from", "Choose another account than the one you save in.")
        : !request.Amount.IsPositive || request.Amount.Currency.Code != goal.CurrencyCode
            ? new InvalidInputError("amount", "Enter an amount above zero.")
        : request.First is not { } first ? new InvalidInputError("first", "Choose a day.")
        : first > goal.Target ? new InvalidInputError("first", "Choose a day before the goal's date.")
        : null;

    private static StandingOrderRequest OrderOf(SavingsGoal goal, GoalTransferRequest request) =>
        new(
            $"goal-{goal.Id}-{request.Key}",
            request.FromAccountId,
            new TransferTarget.OwnAccount(goal.AccountId),
            request.Amount,
            goal.Name,
            PaymentSchedule.Monthly(request.First!.Value) with { Until = goal.Target });

    private async Task<Result<StandingOrder>> ChangeAsync(
        Actor actor, string goalId, Func<string, Task<Result<StandingOrder>>> change, CancellationToken ct)
    {
        var book = await categories.ReadAsync(actor, ct);
        return !book.IsSuccess ? book.Error
            : book.Value.Goals.FirstOrDefault(goal => goal.Id == goalId)?.OrderId is { } id ? await change(id)
            : new NotFoundError("standing order");
    }
}
