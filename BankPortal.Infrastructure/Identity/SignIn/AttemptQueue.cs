namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Makes the attempts of one row wait for each other inside this process, so that a burst does not ask the database over and over for a
/// free place. For speed only: the row decides. Thread-safe.
/// </summary>
internal sealed class AttemptQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Waits until fewer than <paramref name="places"/> attempts of the row are under way here.</summary>
    /// <returns>What to dispose when the attempt is over.</returns>
    /// <exception cref="SignInBusyException">That took longer than <paramref name="patience"/>.</exception>
    internal async Task<IDisposable> EnterAsync(string rowId, int places, TimeSpan patience, CancellationToken ct)
    {
        Line? line;
        lock (_gate)
        {
            if (!_lines.TryGetValue(rowId, out line))
            {
                _lines[rowId] = line = new Line(places);
            }

            line.Waiting++;
        }

        var turn = new Turn(this, rowId, line);
        try
        {
            if (!await line.Places.WaitAsync(patience, ct))
            {
                throw new SignInBusyException();
            }

            turn.IsTaken = true;
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private void Leave(string rowId, Line line, bool isTaken)
    {
        lock (_gate)
        {
            if (isTaken)
            {
                line.Places.Release();
            }

            if (--line.Waiting == 0)
            {
                _lines.Remove(rowId);
                line.Places.Dispose();
            }
        }
    }

    private sealed class Line(int places)
    {
        public SemaphoreSlim Places { get; } = new(places, places);

        public int Waiting { get; set; }
    }

    private sealed class Turn(AttemptQueue queue, string rowId, Line line) : IDisposable
    {
        private bool _isOver;

        public bool IsTaken { get; set; }

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                queue.Leave(rowId, line, IsTaken);
            }
        }
    }
}
