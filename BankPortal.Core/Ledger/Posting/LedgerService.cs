using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Moves money: executes orders, settles held transfers, reverses posted ones. Each request has one effect, whatever store,
/// network or process do. Thread-safe; one per process, so that its requests queue for their accounts instead of competing.
/// </summary>
public sealed class LedgerService
{
    /// <summary>How many orders that share an account always fit into one commit.</summary>
    public const int MaxOrdersInCommit = LedgerGroup.MaxTransfers;

    // After this time without a fault, a success ends the count.
    private static readonly TimeSpan CalmAfterFaults = TimeSpan.FromSeconds(10);

    private readonly ILedgerStore _store;
    private readonly TransferExecutor _executor;
    private readonly SettlementService _settlement;

    /// <summary>A service over a store.</summary>
    /// <param name="store">Keeps transfers, accounts and entries.</param>
    /// <param name="rules">The rules of moving money.</param>
    /// <param name="options">How often a refused commit is tried again, and how long written rows are remembered.</param>
    /// <param name="screening">Assesses each new transfer.</param>
    /// <param name="feed">Is told of each committed step.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of faults.</param>
    public LedgerService(
        ILedgerStore store, LedgerRules rules, LedgerOptions options, ITransferScreening screening, TransferFeed feed, TimeProvider time,
        ILogger<LedgerService> logger)
    {
        // Some requests succeed while others fail, and each fails several times: one stack tells as much as hundreds.
        var faults = new FailureLog(logger, time, "The ledger's store failed", LogLevel.Warning, CalmAfterFaults);
        var unreadable = new FailureLog(
            logger, time, "The data for the assessment of transfers could not be read", LogLevel.Warning, CalmAfterFaults);
        var remembered = new RememberedRows(options, time);
        var queues = new AccountQueues(LedgerGroup.MaxTransfers);
        var commits = new CommitLoop(store, options, remembered, feed, faults, logger);
        _store = store;
        var decider = new OrderDecider(rules, screening, time, unreadable, logger);
        _executor = new TransferExecutor(store, decider, commits, queues, remembered, feed, faults, logger);
        _settlement = new SettlementService(store, rules, commits, queues, time, faults, logger);
    }

    /// <summary>
    /// Posts a transfer, or reserves its funds. The same order again gives the first result; another content under the
    /// same key is refused.
    /// </summary>
    /// <param name="order">What to do.</param>
    /// <param name="ct">Cancels the wait; an order that has begun is carried out.</param>
    /// <returns>
    /// The transfer, posted or held; or the rule against it, <see cref="DeclinedError"/> when its assessment refused it,
    /// <see cref="BusyError"/> or <see cref="LedgerUnreachableError"/> (nothing has changed), <see cref="OutcomeUnknownError"/>.
    /// </returns>
    public Task<Result<Transfer>> ExecuteAsync(TransferOrder order, CancellationToken ct = default) => _executor.ExecuteAsync(order, ct);

    /// <summary>
    /// Executes orders on the same account strictly one after the other, as an import needs it: each is decided on what the orders
    /// before it have left, and is answered as if it had been executed by itself. As many as fit share a commit.
    /// </summary>
    /// <param name="orders">The orders, in the order in which they take effect.</param>
    /// <param name="ct">Cancels the wait for the account; orders that have begun are carried out.</param>
    /// <returns>
    /// The answers, as of <see cref="ExecuteAsync"/>, in the order of the orders. They end after the first <see cref="BusyError"/>,
    /// <see cref="LedgerUnreachableError"/> or <see cref="OutcomeUnknownError"/>: what comes after it must not overtake it.
    /// </returns>
    public Task<IReadOnlyList<Result<Transfer>>> ExecuteInOrderAsync(
        IReadOnlyList<TransferOrder> orders, CancellationToken ct = default) => _executor.ExecuteInOrderAsync(orders, ct);

    /// <summary>Posts a held transfer. Fraud analysts and administrators.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="transferId">The transfer.</param>
    /// <param name="reason">Why, for colleagues; at most <see cref="StaffReason.MaxLength"/> characters.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>
    /// The transfer; or <see cref="InvalidInputError"/> for the reason, <see cref="NotHeldError"/> when it is settled already, or the
    /// rule against posting it.
    /// </returns>
    public Task<Result<Transfer>> ReleaseAsync(Actor actor, string transferId, string reason, CancellationToken ct = default) =>
        _settlement.ReleaseAsync(actor, transferId, reason, ct);

    /// <summary>Voids a held transfer and sets its funds free. Fraud analysts and administrators.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="transferId">The transfer.</param>
    /// <param name="reason">Why, for colleagues; at most <see cref="StaffReason.MaxLength"/> characters.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>
    /// The transfer; or <see cref="InvalidInputError"/> for the reason, <see cref="NotHeldError"/> when it is settled already.
    /// </returns>
    public Task<Result<Transfer>> RejectAsync(Actor actor, string transferId, string reason, CancellationToken ct = default) =>
        _settlement.RejectAsync(actor, transferId, reason, ct);

    /// <summary>Voids a held transfer in the bank's own name, because nobody has decided on it in time.</summary>
    /// <param name="transferId">The transfer.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>The transfer; or <see cref="NotHeldError"/> when it is settled already.</returns>
    public Task<Result<Transfer>> ExpireAsync(string transferId, CancellationToken ct = default) => _settlement.ExpireAsync(transferId, ct);

    /// <summary>
    /// Moves the money of a posted transfer back by a transfer of its own that names it, and names that in it. Fraud
    /// analysts and administrators. The same person asking again gets the reversal there is.
    /// </summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="transferId">The transfer to reverse.</param>
    /// <param name="reason">Why, for colleagues; at most <see cref="StaffReason.MaxLength"/> characters.</param>
    /// <param name="mayOverdraw">Whether the account that received the money may be overdrawn for it.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>
    /// The reversal; or <see cref="InvalidInputError"/> for the reason, <see cref="AlreadyReversedError"/>,
    /// <see cref="ReversalNotCoveredError"/>, or another rule against it.
    /// </returns>
    public Task<Result<Transfer>> ReverseAsync(
        Actor actor, string transferId, string reason, bool mayOverdraw = false, CancellationToken ct = default) =>
        _settlement.ReverseAsync(actor, transferId, reason, mayOverdraw, ct);

    /// <summary>A transfer the actor may see: a party to it, or staff.</summary>
    public async Task<Result<Transfer>> GetAsync(Actor actor, string transferId, CancellationToken ct = default) =>
        DerivedId.IsWellFormed(transferId)
        && await _store.FindTransferAsync(transferId, ct) is { } transfer
        && (transfer.Concerns(actor.UserId) || actor.IsStaff || actor.IsSystem)
            ? transfer
            : new NotFoundError("transaction");

    /// <summary>What became of the actor's order with that key; <see langword="null"/> when there was none.</summary>
    public Task<Transfer?> FindByKeyAsync(Actor actor, string idempotencyKey, CancellationToken ct = default) =>
        _store.FindTransferAsync(TransferOrder.IdOf(actor.UserId, idempotencyKey), ct);
}
