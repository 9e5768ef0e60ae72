using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Web.Features.Demo;

/// <summary>
/// A few things the demonstration's customers did that the fraud desk should look at, so that it is not empty: sent through the
/// services as from the pages, and assessed by the rules in force like everything else.
/// </summary>
internal sealed partial class DemoIncidents(
    TransferService transfers, PaymentConfirmations confirmations, LedgerService ledger, TimeProvider time, ILogger<DemoIncidents> logger)
{
    private const string LastKey = "incident-6";

    /// <summary>Makes them happen, once.</summary>
    /// <param name="checking">Each customer's checking account, in the order of <see cref="DemoPerson.All"/>.</param>
    /// <param name="ct">Ends it; what has happened is not repeated.</param>
    public async Task RunAsync(IReadOnlyList<(DemoPerson Person, Account Checking)> checking, CancellationToken ct)
    {
        if (checking is not [var ava, var liam, var sofia, var noah] || await ledger.FindByKeyAsync(ActorOf(noah), LastKey, ct) is not null)
        {
            return;
        }

        await SendAsync("incident-1", sofia, noah, 3_400m, "Furniture", ct);
        await SendAsync("incident-2", ava, liam, 3_150m, "Loan", ct);
        await DepositAsync("incident-3", liam, 9_200m, ct);
        await DepositAsync("incident-4", liam, 9_600m, ct);
        await DepositAsync("incident-5", sofia, 10_500m, ct);
        await DepositAsync(LastKey, noah, 240m, ct);
    }

    private Actor ActorOf((DemoPerson Person, Account Checking) customer) =>
        Actor.Customer(customer.Checking.OwnerId) with
        {
            SecondFactorAt = time.GetUtcNow(),
        };

    private async Task SendAsync(
        string key,
        (DemoPerson Person, Account Checking) from,
        (DemoPerson Person, Account Checking) to,
        decimal amount,
        string description,
        CancellationToken ct
    )
    {
        var request = new TransferRequest(
            key,
            from.Checking.Id,
            new TransferTarget.Someone(to.Checking.Number.Digits, to.Person.Name),
            Money.Of(amount, from.Checking.Currency),
            description
        );
        var review = await transfers.ReviewAsync(ActorOf(from), request, ct);
        if (review.IsSuccess && transfers.ToConfirm(ActorOf(from), review.Value) is { } payment)
        {
            var asked = await confirmations.AskAsync(ActorOf(from), payment, ct);
            await confirmations.ConfirmAsync(asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator, ct);
        }

        Note(key, review.IsSuccess ? await transfers.SendAsync(ActorOf(from), review.Value, duplicateConfirmed: true, ct) : review.Error);
    }

    private async Task DepositAsync(string key, (DemoPerson Person, Account Checking) customer, decimal amount, CancellationToken ct) =>
        Note(
            key,
            await transfers.DepositAsync(
                ActorOf(customer),
                key,
                customer.Checking.Id,
                Money.Of(amount, customer.Checking.Currency),
                null,
                ct
            )
        );

    private void Note(string key, Result<Transfer> result)
    {
        if (!result.IsSuccess)
        {
            IncidentRefused(logger, key, result.Error.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo incident {Key} was refused: {Reason}")]
    private static partial void IncidentRefused(ILogger logger, string key, string reason);
}
