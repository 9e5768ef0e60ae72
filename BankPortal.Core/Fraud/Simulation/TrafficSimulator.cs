using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Core.Fraud.Simulation;

/// <summary>
/// Runs a plan through the bank's own services: customers review and send transfers and deposit and withdraw cash as they would on the
/// pages, with every check in place. An analyst who knows the labels releases the honest transfers and rejects the others.
/// </summary>
public sealed class TrafficSimulator(
    ISimulatedBank bank, AccountService accounts, TransferService transfers, PaymentConfirmations confirmations, LedgerService ledger)
{
    private static readonly Actor Analyst = new("simulated-analyst", [BankRoles.Analyst]);

    private readonly Dictionary<int, Party> _parties = [];

    /// <summary>Runs the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="name">The name of the run, which keeps it apart from others on the same bank.</param>
    /// <param name="progress">Receives the number of events done.</param>
    /// <param name="ct">Stops the run; what has been posted stays.</param>
    public async Task<SimulationReport> PlayAsync(
        TrafficPlan plan, string name, IProgress<int>? progress = null, CancellationToken ct = default)
    {
        await bank.WaitUntilAsync(plan.Options.Start.AddDays(-1), ct);
        var tally = new Tally();
        for (var i = 0; i < plan.Events.Length; i++)
        {
            var step = plan.Events[i];
            ct.ThrowIfCancellationRequested();
            var now = await bank.WaitUntilAsync(step.At, ct);
            var result = await DoAsync(plan, step, name, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"), now, ct);
            if (step.At >= plan.CountsFrom && step.IsAssessed)
            {
                tally.Count(step, result);
            }

            progress?.Report(i + 1);
        }

        return tally.ToReport();
    }

    private async Task<Result<Transfer>?> DoAsync(
        TrafficPlan plan, SimulatedEvent step, string run, string key, DateTimeOffset now, CancellationToken ct)
    {
        var party = await PartyAsync(plan, run, step.Customer, ct);
        var actor = party.Actor with { SecondFactorAt = now };
        var amount = Money.Of(step.Amount, party.Checking.Currency);
        Result<Transfer>? result = step.Step switch
        {
            SimulatedStep.Deposit => await transfers.DepositAsync(actor, key, party.Checking.Id, amount, null, ct),
            SimulatedStep.Withdrawal => await transfers.WithdrawAsync(actor, key, party.Checking.Id, amount, null, ct),
            SimulatedStep.Saving => await SendAsync(
                actor, key, party.Checking, new TransferTarget.OwnAccount(party.Savings.Id), amount, ct),
            SimulatedStep.Transfer => await PayAsync(plan, run, actor, key, party.Checking, step.Counterparty, amount, ct),
            SimulatedStep.Salary => await BookAsync(TransferKind.Salary, key, party.Checking, amount, ct),
            _ => default(Result<Transfer>?),
        };
        if (step.Step == SimulatedStep.CredentialChange)
        {
            await bank.ChangeCredentialsAsync(actor, ct);
        }

        if (result is { IsSuccess: true, Value: { Status: TransferStatus.Held } held })
        {
            if (step.Typology == Typology.Normal)
            {
                await ledger.ReleaseAsync(Analyst, held.Id, "Simulated: honest.", ct);
            }
            else
            {
                await ledger.RejectAsync(Analyst, held.Id, "Simulated: part of a scheme.", ct);
            }
        }

        return result;
    }

    private async Task<Result<Transfer>> PayAsync(
        TrafficPlan plan, string run, Actor actor, string key, Account from, int counterparty, Money amount, CancellationToken ct)
    {
        var to = await PartyAsync(plan, run, counterparty, ct);
        return await SendAsync(actor, key, from, new TransferTarget.Someone(to.Checking.Number.Digits, NameOf(counterparty)), amount, ct);
    }

    private async Task<Result<Transfer>> SendAsync(
        Actor actor, string key, Account from, TransferTarget to, Money amount, CancellationToken ct)
    {
        var review = await transfers.ReviewAsync(actor, new TransferRequest(key, from.Id, to, amount, null), ct);
        if (!review.IsSuccess)
        {
            return review.Error;
        }

        if (transfers.ToConfirm(actor, review.Value) is { } payment)
        {
            var asked = await confirmations.AskAsync(actor, payment, ct);
            await confirmations.ConfirmAsync(asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator, ct);
        }

        return await transfers.SendAsync(actor, review.Value, duplicateConfirmed: true, ct);
    }

    private Task<Result<Transfer>> BookAsync(TransferKind kind, string key, Account account, Money amount, CancellationToken ct) =>
        ledger.ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = key,
                Kind = kind,
                DebitAccountId = GeneralLedger.Opposite(kind, amount.Currency),
                CreditAccountId = account.Id,
                Amount = amount,
                DebitName = kind == TransferKind.Salary ? "Simulated employer" : null,
            },
            ct);

    // Customers are registered when they first appear, which for those of schemes is weeks after the others.
    private async Task<Party> PartyAsync(TrafficPlan plan, string run, int number, CancellationToken ct)
    {
        if (_parties.TryGetValue(number, out var known))
        {
            return known;
        }

        var actor = await bank.RegisterAsync(run, number, NameOf(number), ct);
        var checking = Must(await accounts.OpenAsync(actor, new OpenAccount("simulated-checking", AccountType.Checking), ct));
        var savings = Must(await accounts.OpenAsync(actor, new OpenAccount("simulated-savings", AccountType.Savings), ct));
        Must(await BookAsync(
            TransferKind.Opening,
            "simulated-opening-" + checking.Id,
            checking,
            Money.Of(plan.OpeningBalances[number], checking.Currency),
            ct));
        if (plan.Trusted.Contains(number))
        {
            await bank.TrustAsync(checking, ct);
        }

        return _parties[number] = new Party(actor, checking, savings);
    }

    private static T Must<T>(Result<T> result)
        where T : notnull => result.IsSuccess
            ? result.Value
            : throw new InvalidOperationException($"The simulation could not be set up: {result.Error.Message}");

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Simulated Customer {number:000}");

    private sealed record Party(Actor Actor, Account Checking, Account Savings);

    private sealed class Tally
    {
        private readonly Dictionary<Typology, (HashSet<int> Schemes, HashSet<int> Caught, int Movements, int Flagged)> _schemes = [];
        private readonly SortedDictionary<string, (int Normal, int Schemes)> _rules = new(StringComparer.Ordinal);
        private readonly List<TimeSpan> _took = [];
        private int _normal;
        private int _flagged;
        private int _held;
        private int _refused;

        public void Count(SimulatedEvent step, Result<Transfer>? result)
        {
            // A refusal by screening counts as a result of the rules; any other refusal does not.
            var risk = result is { IsSuccess: true } done ? done.Value.Risk : null;
            var isFlagged = risk is { IsFlagged: true } || result?.Error is DeclinedError;
            if (risk is null && !isFlagged)
            {
                _refused++;
                return;
            }

            foreach (var rule in risk?.Fired ?? [])
            {
                var (normal, schemes) = _rules.GetValueOrDefault(rule);
                _rules[rule] = step.Typology == Typology.Normal ? (normal + 1, schemes) : (normal, schemes + 1);
            }

            if (risk is not null)
            {
                _took.Add(risk.Took);
            }

            if (step.Typology == Typology.Normal)
            {
                _normal++;
                _flagged += isFlagged ? 1 : 0;
                _held += isFlagged && risk?.Outcome != RiskOutcome.Alert ? 1 : 0;
                return;
            }

            var entry = _schemes.GetValueOrDefault(step.Typology, ([], [], 0, 0));
            entry.Schemes.Add(step.Scheme);
            if (isFlagged)
            {
                entry.Caught.Add(step.Scheme);
            }

            _schemes[step.Typology] = (entry.Schemes, entry.Caught, entry.Movements + 1, entry.Flagged + (isFlagged ? 1 : 0));
        }

        public SimulationReport ToReport()
        {
            _took.Sort();
            return new SimulationReport(
                _normal,
                _flagged,
                _held,
                [.. _schemes.OrderBy(entry => entry.Key).Select(entry => new TypologyResult(
                    entry.Key, entry.Value.Schemes.Count, entry.Value.Caught.Count, entry.Value.Movements, entry.Value.Flagged))],
                _rules.ToImmutableSortedDictionary(StringComparer.Ordinal),
                _refused,
                (At(0.5), At(0.95)));
        }

        private TimeSpan At(double quantile) => _took.Count == 0 ? TimeSpan.Zero : _took[(int)((_took.Count - 1) * quantile)];
    }
}
