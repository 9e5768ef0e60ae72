namespace BankPortal.Tests.Fakes;

/// <summary>Sign-ins in memory.</summary>
internal sealed class InMemorySignIns : ISignInHistory
{
    private readonly List<(string UserId, string SessionId, SignInRecord SignIn)> _all = [];

    /// <summary>How often somebody asked.</summary>
    public int Reads { get; private set; }

    public Task<bool> RecordAsync(string userId, string sessionId, SignInRecord signIn, CancellationToken ct = default)
    {
        var isNew = !_all.Exists(one => one.UserId == userId && one.SignIn.Device == signIn.Device);
        _all.Add((userId, sessionId, signIn));
        return Task.FromResult(isNew);
    }

    public Task<SignInRecord?> FindOtherAsync(string userId, string? sessionId, CancellationToken ct = default)
    {
        Reads++;
        return Task.FromResult<SignInRecord?>(_all.LastOrDefault(one => one.UserId == userId && one.SessionId != sessionId).SignIn);
    }
}
