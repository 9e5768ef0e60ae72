using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// Assesses transfers by the rule sets in force. Orders of customers and staff are assessed with effect; for the bank's own
/// orders only the facts are kept, so that rules can be tested on them later. Thread-safe.
/// </summary>
public sealed partial class FraudScreening(
    RulesInForce rules,
    RiskFactSheet sheet,
    IRiskBackgroundStore backgrounds,
    FraudOptions options,
    TimeProvider time,
    ILogger<FraudScreening> logger
) : ITransferScreening
{
    /// <summary>Stands in the place of a rule's id where the assessment failed and the transfer is held for that.</summary>
    public const string NotAssessable = "not-assessable";

    /// <inheritdoc/>
    public TimeSpan Budget => options.Budget;

    /// <inheritdoc/>
    public Task<RiskBackground> GatherAsync(TransferOrder order, CancellationToken ct = default) =>
        order.Actor.IsSystem ? Task.FromResult(RiskBackground.NotAssessed) : backgrounds.ReadAsync(order, time.GetUtcNow(), ct);

    /// <inheritdoc/>
    public RiskVerdict? Assess(TransferCandidate candidate, RiskBackground background)
    {
        var transfer = candidate.Transfer;
        ReadOnlyMemory<byte> kept = new RiskFacts(transfer.Amount.Currency).Format();
        try
        {
            if (transfer.Kind.IsBooking())
            {
                return null;
            }

            var facts = sheet.Of(transfer, candidate.Debit, candidate.Credit, background);
            kept = facts.Format();
            if (!background.IsAssessed)
            {
                return new RiskVerdict(RiskOutcome.Allow, 0, 0, [], kept);
            }

            var live = rules.Live;
            var decision = live.Decide(facts);
            var verdict = new RiskVerdict(
                decision.Outcome,
                decision.Score,
                live.Set.Version,
                [.. decision.Fired.Select(rule => rule.Id)],
                kept
            )
            {
                Shadow = Shadow(facts),
            };
            return background.Failure is null || verdict.Outcome >= RiskOutcome.Hold
                ? verdict
                : verdict with { Outcome = RiskOutcome.Hold, Fired = [NotAssessable, .. verdict.Fired] };
        }
        catch (Exception exception)
        {
            LogNotAssessable(logger, exception, transfer.Id);
            return new RiskVerdict(RiskOutcome.Hold, 0, rules.Live.Set.Version, [NotAssessable], kept);
        }
    }

    private ShadowVerdict? Shadow(RiskFacts facts)
    {
        if (rules.Shadow is not { } shadow)
        {
            return null;
        }

        try
        {
            var decision = shadow.Decide(facts);
            return new ShadowVerdict(shadow.Set.Version, decision.Outcome, decision.Score);
        }
        catch (Exception exception)
        {
            // A set in shadow has no effect, not even by failing.
            LogShadowFailed(logger, exception, shadow.Set.Version);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Transfer {TransferId} could not be assessed and is held")]
    private static partial void LogNotAssessable(ILogger logger, Exception exception, string transferId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rule set {Version} in shadow failed")]
    private static partial void LogShadowFailed(ILogger logger, Exception exception, int version);
}
