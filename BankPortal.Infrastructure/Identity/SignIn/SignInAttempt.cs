using BankPortal.Core.Audit;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// One attempt at a password or code. It takes one of the places that wrong attempts have left before the secret is compared, so that of
/// a thousand parallel guesses only five are compared. It ends as a success, as a failure, or, when it is disposed without either, as if
/// it had never been made. Not thread-safe.
/// </summary>
internal sealed class SignInAttempt : IAsyncDisposable
{
    private readonly SignInCounter? _counter;
    private readonly IDisposable? _turn;

    /// <summary>Creates an attempt that has its place.</summary>
    internal SignInAttempt(
        SignInCounter counter,
        IDisposable turn,
        string rowId,
        bool expires,
        SignInCount before,
        string id,
        DateTimeOffset endsAt)
    {
        _counter = counter;
        _turn = turn;
        RowId = rowId;
        Expires = expires;
        Before = before;
        Id = id;
        EndsAt = endsAt;
        IsAllowed = true;
    }

    private SignInAttempt(string rowId, bool isAllowed, DateTimeOffset? lockedUntil)
    {
        RowId = rowId;
        IsAllowed = isAllowed;
        LockedUntil = lockedUntil;
        IsOver = true;
    }

    /// <summary>The id of the row the attempt is counted on.</summary>
    internal string RowId { get; }

    /// <summary>Whether that row expires, because it is not a person's own.</summary>
    internal bool Expires { get; }

    /// <summary>The count when the attempt began.</summary>
    internal SignInCount Before { get; } = SignInCount.None;

    /// <summary>The attempt's name in the row, with the second at which it ends by itself.</summary>
    internal string Id { get; } = "";

    /// <summary>When others may take the place, because the process that began the attempt must have died.</summary>
    internal DateTimeOffset EndsAt { get; }

    /// <summary>Whether the secret may be compared; <see langword="false"/> during a lockout.</summary>
    internal bool IsAllowed { get; }

    /// <summary>The wrong attempts after this one has failed.</summary>
    internal int Failed { get; set; }

    /// <summary>When the lockout ends that refused this attempt or that its failure began; <see langword="null"/> otherwise.</summary>
    internal DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Whether the attempt has ended.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Whether a lockout refused this attempt or began with its failure.</summary>
    internal bool IsLocked => !IsAllowed || LockedUntil is not null;

    /// <summary>Creates an attempt of a user whose attempts are not counted.</summary>
    internal static SignInAttempt Uncounted(string rowId) => new(rowId, isAllowed: true, lockedUntil: null);

    /// <summary>Creates an attempt that must not be made.</summary>
    internal static SignInAttempt Refused(string rowId, DateTimeOffset? lockedUntil) => new(rowId, isAllowed: false, lockedUntil);

    /// <summary>Gives the place back if the attempt has neither succeeded nor failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsOver && _counter is not null)
        {
            IsOver = true;
            await _counter.GiveBackAsync(this);
        }

        _turn?.Dispose();
    }
}

/// <summary>The outcome of an attempt at a password or code.</summary>
internal enum AttemptOutcome
{
    /// <summary>The password or code was right.</summary>
    Right,

    /// <summary>The password or code was wrong; the attempt is counted.</summary>
    Wrong,

    /// <summary>The user is locked out, by this attempt or an earlier one.</summary>
    Locked,
}

/// <summary>How attempts are recorded.</summary>
internal static class AttemptOutcomes
{
    /// <summary>Returns the outcome as a security event has it.</summary>
    internal static SecurityEventOutcome ToSecurityOutcome(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Right => SecurityEventOutcome.Succeeded,
        AttemptOutcome.Locked => SecurityEventOutcome.Locked,
        _ => SecurityEventOutcome.Failed,
    };
}
