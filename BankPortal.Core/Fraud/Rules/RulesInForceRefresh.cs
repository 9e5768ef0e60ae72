using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>Keeps <see cref="RulesInForce"/> of this process in step with the store. When the store cannot be read, the last known rules
/// keep deciding. Thread-safe.</summary>
public sealed partial class RulesInForceRefresh(
    IRuleSetStore store, RulesInForce rules, TimeProvider time, ILogger<RulesInForceRefresh> logger) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _revision;

    /// <summary>Writes the shipped rules as version 1 when the bank has no rules, and puts the stored versions in force.</summary>
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

    /// <summary>Puts the stored versions in force. One small read when nothing has changed.</summary>
    /// <returns><see langword="true"/> when anything changed.</returns>
    /// <exception cref="InvalidDataException">The stored live version is missing or invalid; nothing changes.</exception>
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

    // A set in shadow has no effect; when it is invalid, the live set goes into force all the same.
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
        await store.FindAsync(number, ct) is not { } version
            ? throw new InvalidDataException($"Version {number.ToString(CultureInfo.InvariantCulture)} of the rules does not exist.")
        : RuleSetValidator.Find(version.Set) is [var error, ..]
        ? throw new InvalidDataException(
            $"Version {number.ToString(CultureInfo.InvariantCulture)} of the rules cannot be used: {error}")
        : version.Set;

    [LoggerMessage(Level = LogLevel.Information, Message = "The shipped rules are written as version {Version}")]
    private static partial void ShippedRulesWritten(ILogger logger, int version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rules in force: version {Live}, in shadow: {Shadow}")]
    private static partial void RulesChanged(ILogger logger, int live, int? shadow);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rule set {Version} cannot be tried")]
    private static partial void TrialImpossible(ILogger logger, int version, Exception exception);
}
