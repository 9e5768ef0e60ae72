using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>Keeps <see cref="RulesInForce"/> of this process as the store says. When the store cannot be read, the last known rules go on deciding.</summary>
public sealed partial class RulesInForceRefresh(
    IRuleSetStore store, RulesInForce rules, TimeProvider time, ILogger<RulesInForceRefresh> logger) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _revision;

    /// <summary>Writes the shipped rules as version 1 if the bank has none, and puts in force what the store says.</summary>
    public async Task StartAsync(CancellationToken ct = default)
    {
        if (await store.ReadPointersAsync(ct) is null)
        {
            var now = time.GetUtcNow();
            var first = new RuleSetVersion
            {
                Set = ShippedRules.Version1,
                State = RuleSetState.Live,
                Edition = 1,
                Revision = 1,
                Editors = [Actor.SystemUserId],
                Steps =
                [
                    new RuleSetStep(RuleSetAction.Draft, now, Actor.SystemUserId, "The rules a new bank begins with"),
                    new RuleSetStep(RuleSetAction.GoLive, now, Actor.SystemUserId, null),
                ],
            };
            if (await store.StartAsync(first, ct))
            {
                ShippedRulesWritten(logger, first.Number);
            }
        }

        await RefreshAsync(ct);
    }

    /// <summary>Puts in force what the store says now. One small read when nothing has changed.</summary>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="InvalidDataException">The store names a version that is not there or cannot be used; nothing changes.</exception>
    public async Task<bool> RefreshAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (await store.ReadPointersAsync(ct) is not { } pointers || pointers.Revision == _revision)
            {
                return false;
            }

            var live = await UsableAsync(pointers.Live, ct);
            var shadow = pointers.Shadow is { } number ? await ShadowAsync(number, ct) : null;
            rules.Use(live, shadow);
            _revision = pointers.Revision;
            RulesChanged(logger, pointers.Live, pointers.Shadow);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    // A set on trial has no effect, not even on what is live.
    private async Task<RuleSet?> ShadowAsync(int number, CancellationToken ct)
    {
        try
        {
            return await UsableAsync(number, ct);
        }
        catch (InvalidDataException exception)
        {
            TrialImpossible(logger, number, exception);
            return null;
        }
    }

    private async Task<RuleSet> UsableAsync(int number, CancellationToken ct) =>
        await store.FindAsync(number, ct) is not { } version ? throw new InvalidDataException($"Version {number.ToString(CultureInfo.InvariantCulture)} of the rules is not there.")
        : RuleSetValidator.Find(version.Set) is [var mistake, ..] ? throw new InvalidDataException($"Version {number.ToString(CultureInfo.InvariantCulture)} of the rules cannot be used: {mistake}")
        : version.Set;

    [LoggerMessage(Level = LogLevel.Information, Message = "The shipped rules are written as version {Version}")]
    private static partial void ShippedRulesWritten(ILogger logger, int version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rules in force: version {Live}, in shadow: {Shadow}")]
    private static partial void RulesChanged(ILogger logger, int live, int? shadow);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rule set {Version} cannot be tried")]
    private static partial void TrialImpossible(ILogger logger, int version, Exception exception);
}
