using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Limits how many passwords are hashed at once, because each hash takes a core for a tenth of a second. A hash runs on a thread of its
/// own: on the threads that answer requests, a crowd of sign-ins would leave none for other pages and for answers of the database.
/// Those who find no turn wait in order; when too many wait, the next is refused at once. Thread-safe.
/// </summary>
internal sealed partial class PasswordHashGate : IDisposable
{
    /// <summary>The name of the meter; its counter of refusals is <see cref="RefusedCounter"/>.</summary>
    public const string MeterName = "BankPortal.Identity";

    /// <summary>Counts the requests that were refused because too many were waiting.</summary>
    public const string RefusedCounter = "bankportal.password_hashing.refused";

    // Under a flood of sign-ins a line for each refusal would be a flood of lines.
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turns;
    private readonly int _most;
    private readonly IHttpContextAccessor _context;
    private readonly TimeProvider _time;
    private readonly ILogger<PasswordHashGate> _logger;
    private readonly Counter<long> _refused;
    private int _inside;
    private long _loggedAt;

    /// <summary>Creates the gate; there is one for the process.</summary>
    public PasswordHashGate(
        IOptions<BankIdentityOptions> options,
        IHttpContextAccessor context,
        IMeterFactory meters,
        TimeProvider time,
        ILogger<PasswordHashGate> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(meters);
        _turns = new SemaphoreSlim(options.Value.HashesAtOnce);
        _most = options.Value.HashesAtOnce + options.Value.HashesWaiting;
        _context = context;
        _time = time;
        _logger = logger;
        _refused = meters.Create(MeterName).CreateCounter<long>(RefusedCounter);
        _loggedAt = long.MinValue;
    }

    /// <summary>
    /// Waits for a turn, in order, for as long as the request lasts. Whoever has a turn waits for nothing else: all others wait for it.
    /// </summary>
    /// <exception cref="PasswordHashingBusyException">Too many are waiting already.</exception>
    public async Task<Turn> EnterAsync()
    {
        if (Interlocked.Increment(ref _inside) > _most)
        {
            Interlocked.Decrement(ref _inside);
            NoteRefusal();
            throw new PasswordHashingBusyException();
        }

        try
        {
            await _turns.WaitAsync(_context.HttpContext?.RequestAborted ?? CancellationToken.None);
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }

        return new Turn(this);
    }

    /// <summary>Refuses at once when too many are waiting already, before an attempt has cost anything.</summary>
    /// <exception cref="PasswordHashingBusyException">Too many are waiting already.</exception>
    public void ThrowIfFull()
    {
        if (Volatile.Read(ref _inside) >= _most)
        {
            NoteRefusal();
            throw new PasswordHashingBusyException();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private void NoteRefusal()
    {
        _refused.Add(1);
        var now = _time.GetTimestamp();
        var logged = Volatile.Read(ref _loggedAt);
        if ((logged == long.MinValue || _time.GetElapsedTime(logged, now) >= LogEvery)
            && Interlocked.CompareExchange(ref _loggedAt, now, logged) == logged)
        {
            TooManyWaiting(_logger, _most);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Too many sign-ins at once: {Most} are waiting for their password to be checked, others are asked to come back. "
            + "This line appears at most once a minute.")]
    private static partial void TooManyWaiting(ILogger logger, int most);

    /// <summary>A turn at hashing; dispose it to let the next one in.</summary>
    internal sealed class Turn : IDisposable
    {
        private PasswordHashGate? _gate;

        internal Turn(PasswordHashGate gate) => _gate = gate;

        /// <summary>Runs a hash on a thread of its own.</summary>
        public Task<T> RunAsync<T>(Func<T> hash)
        {
            ObjectDisposedException.ThrowIf(_gate is null, this);
            return Task.Factory.StartNew(
                hash, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gate, null) is { } gate)
            {
                gate._turns.Release();
                Interlocked.Decrement(ref gate._inside);
            }
        }
    }
}
