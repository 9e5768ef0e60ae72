namespace BankPortal.Core.Identity;

/// <summary>Remembers each person's last two sign-ins. Implementations are thread-safe.</summary>
public interface ISignInHistory
{
    /// <summary>Notes that somebody has signed in.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">The public id of the session that began.</param>
    /// <param name="signIn">When and from where.</param>
    /// <param name="ct">Cancels the write.</param>
    /// <returns>Whether the person signed in from this kind of device for the first time.</returns>
    Task<bool> RecordAsync(string userId, string sessionId, SignInRecord signIn, CancellationToken ct = default);

    /// <summary>Reads the person's last sign-in besides the one of the given session. One read.</summary>
    /// <returns>The sign-in; <see langword="null"/> when there was no other.</returns>
    Task<SignInRecord?> FindOtherAsync(string userId, string? sessionId, CancellationToken ct = default);
}
