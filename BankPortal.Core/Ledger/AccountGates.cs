namespace BankPortal.Core.Ledger;

/// <summary>
/// Queues the transfers of this process that want the same account, so that they do not race each other for its version.
/// Only a courtesy: correctness rests on the conditions of the commit, which also hold against other processes.
/// </summary>
public sealed class AccountGates
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits until the accounts are free, taking them in one order everywhere so that nobody waits in a ring.</summary>
    /// <returns>Dispose to let the next one in.</returns>
    public async Task<IDisposable> EnterAsync(IEnumerable<string> accountIds, CancellationToken ct = default)
    {
        var entered = new Entered(this);
        try
        {
            foreach (var id in accountIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var gate = Join(id);
                try
                {
                    await gate.Turn.WaitAsync(ct);
                }
                catch
                {
                    Leave(id, gate);
                    throw;
                }

                entered.Add(id, gate);
            }

            return entered;
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    private Gate Join(string id)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(id, out var gate))
            {
                _gates.Add(id, gate = new Gate());
            }

            gate.Members++;
            return gate;
        }
    }

    private void Leave(string id, Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Members == 0)
            {
                _gates.Remove(id);
            }
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Members { get; set; }
    }

    private sealed class Entered(AccountGates gates) : IDisposable
    {
        private readonly List<(string Id, Gate Gate)> _held = [];
        private int _disposed;

        public void Add(string id, Gate gate) => _held.Add((id, gate));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
            {
                return;
            }

            foreach (var (id, gate) in _held)
            {
                gate.Turn.Release();
                gates.Leave(id, gate);
            }
        }
    }
}
