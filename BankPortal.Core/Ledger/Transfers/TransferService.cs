using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Ledger.Payees;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Transfers;

/// <summary>
/// Deposits, withdrawals and transfers of customers. A transfer takes two steps: a review that finds the payee and shows what
/// will happen, and the sending of what was reviewed. Thread-safe.
/// </summary>
public sealed partial class TransferService(
    LedgerService ledger,
    LedgerRules rules,
    LedgerOptions options,
    IAccountStore accounts,
    IPayeeStore payees,
    ICustomerDirectory directory,
    PaymentConfirmations confirmations,
    TimeProvider time,
    ILogger<TransferService> logger)
{
    /// <summary>The longest payee name.</summary>
    public const int MaxNameLength = 100;

    private const int MaxPayeesListed = 20;

    /// <summary>Pays cash into one of the actor's accounts.</summary>
    public Task<Result<Transfer>> DepositAsync(
        Actor actor, string idempotencyKey, string accountId, Money amount, string? description, CancellationToken ct = default) =>
        ledger.ExecuteAsync(
            new TransferOrder
            {
                Actor = actor,
                IdempotencyKey = idempotencyKey,
                Kind = TransferKind.Deposit,
                DebitAccountId = GeneralLedger.Cash(amount.Currency),
                CreditAccountId = accountId,
                Amount = amount,
                Description = TextInput.Clean(description),
                DebitName = "Cash deposit",
            },
            ct);

    /// <summary>Takes cash out of one of the actor's accounts.</summary>
    public Task<Result<Transfer>> WithdrawAsync(
        Actor actor, string idempotencyKey, string accountId, Money amount, string? description, CancellationToken ct = default) =>
        ledger.ExecuteAsync(
            new TransferOrder
            {
                Actor = actor,
                IdempotencyKey = idempotencyKey,
                Kind = TransferKind.Withdrawal,
                DebitAccountId = accountId,
                CreditAccountId = GeneralLedger.Cash(amount.Currency),
                Amount = amount,
                Description = TextInput.Clean(description),
                CreditName = "Cash withdrawal",
            },
            ct);

    /// <summary>
    /// Looks at a transfer before it is sent: finds the accounts, compares the payee's name, applies every rule that can be
    /// applied now. Nothing moves.
    /// </summary>
    /// <returns>
    /// What would happen, to be shown and then given to <see cref="SendAsync"/>; or the rule against it. A likely duplicate
    /// is not a refusal here: the review carries it.
    /// </returns>
    public async Task<Result<TransferReview>> ReviewAsync(Actor actor, TransferRequest request, CancellationToken ct = default)
    {
        var found = await FindPartiesAsync(actor, request.FromAccountId, request.To, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var (from, to, own, name, match, isNew) = found.Value;
        var order = new TransferOrder
        {
            Actor = actor,
            IdempotencyKey = request.IdempotencyKey,
            Kind = TransferKind.Transfer,
            DebitAccountId = from.Id,
            CreditAccountId = to.Id,
            Amount = request.Amount,
            Description = TextInput.Clean(request.Description),
            CreditName = name,
            DebitName = own ? null : await directory.FindNameAsync(actor.UserId, ct),
        };

        var now = time.GetUtcNow();
        var rows = new[] { from, to }
            .DistinctBy(a => a.Id, StringComparer.Ordinal)
            .ToImmutableDictionary(a => a.Id, StringComparer.Ordinal);
        var candidate = rules.Review(order, new LedgerSnapshot(null, rows), now);
        if (!candidate.IsSuccess)
        {
            return candidate.Error;
        }

        return new TransferReview(
            order,
            from,
            candidate.Value.Transfer.CreditLabel,
            to.Number,
            own,
            match,
            isNew,
            from.Available - request.Amount,
            rules.RemainingOf(from, now),
            candidate.Value.LikelyDuplicateOf);
    }

    /// <summary>Finds the accounts of a transfer and compares the payee's name. Applies no rule of the ledger; nothing moves.</summary>
    /// <param name="actor">The customer.</param>
    /// <param name="fromAccountId">The account to debit; must be the customer's.</param>
    /// <param name="target">Where the money is to go.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Result<TransferParties>> FindPartiesAsync(
        Actor actor, string fromAccountId, TransferTarget target, CancellationToken ct = default)
    {
        var from = await accounts.FindAsync(fromAccountId, ct);
        if (from is null || from.OwnerId != actor.UserId || !actor.Is(BankRoles.Customer))
        {
            return new NotFoundError("account");
        }

        var destination = await ResolveAsync(actor, target, ct);
        if (!destination.IsSuccess)
        {
            return destination.Error;
        }

        var (to, payee) = destination.Value;
        return to.OwnerId == actor.UserId
            ? new TransferParties(from, to, IsOwn: true, null, payee?.Match, IsNew: false)
            : new TransferParties(from, to, IsOwn: false, payee?.Name, payee?.Match, payee is { IsNew: true });
    }

    /// <summary>
    /// Sends what was reviewed. Every rule is applied again to the accounts as they are now. A first payment to a payee or a large amount
    /// has to be confirmed by a second factor for this very payment, a likely duplicate by a yes.
    /// </summary>
    /// <param name="actor">Who sends; must be the one who had it reviewed.</param>
    /// <param name="review">The review, kept on the server.</param>
    /// <param name="duplicateConfirmed">The person was told of a likely duplicate and wants it.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>The transfer; <see cref="PaymentNotConfirmedError"/>, or the rule against it.</returns>
    public async Task<Result<Transfer>> SendAsync(
        Actor actor,
        TransferReview review,
        bool duplicateConfirmed,
        CancellationToken ct = default
    )
    {
        if (actor.UserId != review.Order.Actor.UserId)
        {
            return new NotAllowedError();
        }

        if (ToConfirm(actor, review) is { } payment
            && await confirmations.UseAsync(actor, payment, review.Order.TransferId, ct) is { IsSuccess: false } unconfirmed)
        {
            // A repeat of what is already done only shows the receipt; that needs no second factor.
            return await ledger.FindByKeyAsync(actor, review.Order.IdempotencyKey, ct) is { } done
                && done.ContentHash == review.Order.ContentHash
                ? LedgerRules.Repeat(review.Order, done)
                : unconfirmed.Error;
        }

        var result = await ledger.ExecuteAsync(review.Order with { Actor = actor, DuplicateConfirmed = duplicateConfirmed }, ct);
        if (result.IsSuccess && !review.IsOwn && review.Order.CreditName is { } name)
        {
            await RememberAsync(
                actor,
                new Payee(review.Order.CreditAccountId, review.ToNumber, name, time.GetUtcNow(), time.GetUtcNow()),
                ct
            );
        }

        return result;
    }

    /// <summary>
    /// What the actor has to confirm before this is sent, confirmed already or not; <see langword="null"/> when no confirmation is needed.
    /// </summary>
    public PaymentToConfirm? ToConfirm(Actor actor, TransferReview review) =>
        MustBeConfirmed(actor, review.IsOwn, review.IsNewPayee, review.Order.Amount)
            ? new PaymentToConfirm
            {
                Purpose = ConfirmationPurpose.Transfer,
                Key = review.Order.IdempotencyKey,
                Amount = review.Order.Amount,
                FromAccountId = review.Order.DebitAccountId,
                ToAccountId = review.Order.CreditAccountId,
                PayeeName = review.Order.CreditName ?? "",
                IsNameRight = review.NameMatch is { } match ? match == NameMatch.Match : null,
                PayeeNumber = review.ToNumber.Grouped,
                FromLabel = review.From.Label,
            }
            : null;

    /// <summary>Whether the actor still has to confirm this before it is sent. One round trip, and none where nothing is needed.</summary>
    public async Task<bool> NeedsConfirmationAsync(Actor actor, TransferReview review, CancellationToken ct = default) =>
        ToConfirm(actor, review) is { } payment
        && !await confirmations.IsConfirmedAsync(actor, payment, review.Order.TransferId, ct);

    /// <summary>Whether a payment has to be confirmed by a second factor for itself.</summary>
    /// <param name="actor">Who orders it.</param>
    /// <param name="isOwn">Whether it goes to an account of the same customer.</param>
    /// <param name="isNewPayee">Whether the customer has never paid the account before.</param>
    /// <param name="amount">How much.</param>
    public bool MustBeConfirmed(Actor actor, bool isOwn, bool isNewPayee, Money amount) =>
        !actor.IsSystem && !isOwn && (isNewPayee || amount.Amount >= options.SecondFactorFrom);

    /// <summary>Whether the customer has never paid the account. One round trip.</summary>
    public async Task<bool> IsNewPayeeAsync(Actor actor, string accountId, CancellationToken ct = default) =>
        await payees.FindAsync(actor.UserId, accountId, ct) is not { FirstPaidAt: not null };

    /// <summary>The customer's payees: favourites, then those paid last.</summary>
    public Task<IReadOnlyList<Payee>> ListPayeesAsync(Actor actor, CancellationToken ct = default) =>
        payees.ListAsync(actor.UserId, MaxPayeesListed, ct);

    /// <summary>The limits of one of the actor's accounts and what is left of them today.</summary>
    public RemainingLimits LimitsOf(Account account) => rules.RemainingOf(account, time.GetUtcNow());

    private async Task<Result<Destination>> ResolveAsync(Actor actor, TransferTarget target, CancellationToken ct)
    {
        switch (target)
        {
            case TransferTarget.OwnAccount own:
                return await accounts.FindAsync(own.AccountId, ct) is { } account && account.OwnerId == actor.UserId
                    ? new Destination(account, null)
                    : new NotFoundError("account");

            case TransferTarget.Someone someone:
                var name = TextInput.Clean(someone.Name);
                if (name.Length is 0 or > MaxNameLength)
                {
                    return new InvalidInputError("name", "Enter the name of the person you want to pay.");
                }

                if (!AccountNumber.TryParse(someone.Number, out var number))
                {
                    return new InvalidInputError("number", AccountNumber.ErrorIn(someone.Number)!);
                }

                if (await payees.CountLookupAsync(actor.UserId, time.GetUtcNow(), ct) > options.MaxPayeeLookupsPerHour)
                {
                    return new TooManyLookupsError();
                }

                if (await accounts.FindByNumberAsync(number, ct) is not { } to || to.Status == AccountStatus.Closed)
                {
                    return new UnknownAccountNumberError();
                }

                return await DestinationAsync(actor, to, name, ct);

            case TransferTarget.Known named:
                return await accounts.FindAsync(named.AccountId, ct) is { } there
                    ? await DestinationAsync(actor, there, named.Name, ct)
                    : new NotFoundError("account");

            default:
                throw new ArgumentOutOfRangeException(nameof(target));
        }
    }

    private async Task<Destination> DestinationAsync(Actor actor, Account to, string name, CancellationToken ct)
    {
        if (to.OwnerId == actor.UserId)
        {
            return new Destination(to, null);
        }

        var known = payees.FindAsync(actor.UserId, to.Id, ct);
        var held = await directory.FindNameAsync(to.OwnerId, ct);
        return new Destination(
            to,
            new FoundPayee(
                name,
                held is null ? NameMatch.NoMatch : PayeeNames.Compare(name, held),
                await known is not { FirstPaidAt: not null }));
    }

    private async Task RememberAsync(Actor actor, Payee payee, CancellationToken ct)
    {
        try
        {
            await payees.RememberAsync(actor.UserId, payee, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The money has moved; a payee that is not remembered is only asked for once more.
            LogNotRemembered(logger, exception, actor.UserId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payee of user {UserId} was not remembered")]
    private static partial void LogNotRemembered(ILogger logger, Exception exception, string userId);

    private sealed record FoundPayee(string Name, NameMatch Match, bool IsNew);

    private sealed record Destination(Account Account, FoundPayee? Payee);
}
