using System.Diagnostics;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Makes answers that must not tell whether an account exists take the same time.</summary>
public sealed class NeutralAnswer(IOptions<SignInOptions> options)
{
    /// <summary>
    /// Waits until the least time has passed since <paramref name="startedAt"/> (of <see cref="Stopwatch.GetTimestamp"/>).
    /// </summary>
    public async Task WaitAsync(long startedAt, CancellationToken ct = default)
    {
        var left = options.Value.NeutralAnswerTime - Stopwatch.GetElapsedTime(startedAt);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, ct);
        }
    }
}
