using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Tests.Fakes;

/// <summary>Requests for money in memory.</summary>
public sealed class InMemoryPaymentRequests : IPaymentRequestStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PaymentRequest> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Payer, string Asker), BlockedAsker> _blocks = [];
    private readonly Dictionary<string, long> _made = new(StringComparer.Ordinal);

    /// <summary>Called before each write of a request; throws to fail it.</summary>
    public Action<PaymentRequest>? BeforeWrite { get; set; }

    public Task<PersonRequests> ReadAsync(string personId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(new PersonRequests(
                [.. _requests.Values.Where(request => Sees(personId, request)).OrderByDescending(request => request.CreatedAt)],
                [.. _blocks.Where(block => block.Key.Payer == personId).Select(block => block.Value)],
                _made.GetValueOrDefault(personId)));
        }
    }

    public Task<PaymentRequest?> FindAsync(string personId, string requestId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_requests.GetValueOrDefault(requestId) is { } request && Sees(personId, request) ? request : null);
        }
    }

    public Task<bool> TryAddAsync(PaymentRequest request, long askerVersion, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (_made.GetValueOrDefault(request.AskerId) != askerVersion || !_requests.TryAdd(request.Id, request))
            {
                return Task.FromResult(false);
            }

            _made[request.AskerId] = askerVersion + 1;
            return Task.FromResult(true);
        }
    }

    public Task<bool> TryWriteAsync(PaymentRequest request, CancellationToken ct = default)
    {
        BeforeWrite?.Invoke(request);
        lock (_lock)
        {
            if (_requests[request.Id].Version != request.Version - 1)
            {
                return Task.FromResult(false);
            }

            _requests[request.Id] = request;
            return Task.FromResult(true);
        }
    }

    public Task<bool> IsBlockedAsync(string payerId, string askerId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_blocks.ContainsKey((payerId, askerId)));
        }
    }

    public Task BlockAsync(string payerId, BlockedAsker asker, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _blocks[(payerId, asker.AskerId)] = asker;
            return Task.CompletedTask;
        }
    }

    public Task UnblockAsync(string payerId, string askerId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _blocks.Remove((payerId, askerId));
            return Task.CompletedTask;
        }
    }

    private static bool Sees(string personId, PaymentRequest request) =>
        request.AskerId == personId || (request.PayerId == personId && !request.IsSilent);
}
