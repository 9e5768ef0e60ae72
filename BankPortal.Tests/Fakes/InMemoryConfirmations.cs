using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Tests.Fakes;

/// <summary>Confirmations of payments in memory. Unless <see cref="AsksForCodes"/> is set, every payment counts as confirmed.</summary>
public sealed class InMemoryConfirmations : IPaymentConfirmationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string UserId, string Id), PaymentConfirmation> _rows = [];

    /// <summary>Whether payments have to be confirmed, as in the portal.</summary>
    public bool AsksForCodes { get; set; }

    /// <summary>How often the store was called.</summary>
    public int Calls { get; private set; }

    /// <summary>Ends every confirmation at a time.</summary>
    public void EndAll(DateTimeOffset at)
    {
        lock (_lock)
        {
            foreach (var key in _rows.Keys)
            {
                _rows[key] = _rows[key] with { OpenUntil = at };
            }
        }
    }

    /// <summary>What was asked.</summary>
    public IReadOnlyList<PaymentConfirmation> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Values];
            }
        }
    }

    public Task PutAsync(PaymentConfirmation waiting, CancellationToken ct = default)
    {
        lock (_lock)
        {
            Calls++;
            _rows[(waiting.UserId, waiting.Id)] = waiting;
        }

        return Task.CompletedTask;
    }

    public Task<PaymentConfirmation?> FindAsync(string userId, string sessionId, string id, CancellationToken ct = default)
    {
        lock (_lock)
        {
            Calls++;
            var found = _rows.GetValueOrDefault((userId, id));
            return Task.FromResult(AsksForCodes ? found?.SessionId == sessionId ? found : null : Trusted(userId, sessionId, id));
        }
    }

    public Task<bool> TryConfirmAsync(
        string userId,
        string sessionId,
        string id,
        ConfirmationFactor factor,
        DateTimeOffset now,
        DateTimeOffset openUntil,
        CancellationToken ct = default) =>
        Task.FromResult(Change(userId, id, row => row.SessionId == sessionId && row.OpenUntil > now && row.State != ConfirmationState.Used
            ? row with { State = ConfirmationState.Confirmed, Factor = factor, OpenUntil = openUntil }
            : null));

    public Task<bool> TryUseAsync(
        string userId, string sessionId, string id, string digest, string useKey, DateTimeOffset now, CancellationToken ct = default) =>
        Task.FromResult(!AsksForCodes || Change(userId, id, row =>
            row.SessionId == sessionId && row.Digest == digest && row.OpenUntil > now
            && (row.State == ConfirmationState.Confirmed || row.UsedFor == useKey)
                ? row with { State = ConfirmationState.Used, UsedFor = useKey }
                : null));

    private static PaymentConfirmation Trusted(string userId, string sessionId, string id) => new()
    {
        Id = id,
        UserId = userId,
        SessionId = sessionId,
        Digest = "",
        Purpose = ConfirmationPurpose.Transfer,
        Amount = Money.Zero(Currency.Usd),
        PayeeName = "",
        PayeeNumber = "",
        FromLabel = "",
        State = ConfirmationState.Confirmed,
        OpenUntil = DateTimeOffset.MaxValue,
    };

    private bool Change(string userId, string id, Func<PaymentConfirmation, PaymentConfirmation?> change)
    {
        lock (_lock)
        {
            Calls++;
            if (_rows.GetValueOrDefault((userId, id)) is not { } row || change(row) is not { } changed)
            {
                return false;
            }

            _rows[(userId, id)] = changed;
            return true;
        }
    }
}
