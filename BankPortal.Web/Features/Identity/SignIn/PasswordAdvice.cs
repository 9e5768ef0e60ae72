using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// Tells the form of a new password, while it is typed, how hard the password is to guess and what would help. It is the same check that
/// the server makes when the form is sent. The password comes in the body of a request, never in an address, and is neither logged nor
/// kept. One estimate runs at a time, so that typing never takes the processor from other pages.
/// </summary>
internal sealed class PasswordAdvice : IDisposable
{
    // Longer texts are no names; they would only make the estimate slow.
    private const int LongestName = PersonName.MaxLength * 4;
    private const int LargestBody = 4096;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(IdentityRoutes.PasswordAdvice, AdviseAsync)
            .AllowAnonymous()
            .RequireRateLimiting(PasswordAdviceRateLimit.Policy)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody), new SkipStatusCodePagesAttribute());

    public void Dispose() => _turn.Dispose();

    private static async Task<Results<Ok<Answer>, BadRequest, StatusCodeHttpResult>> AdviseAsync(
        Question question, PasswordAdvice advice, CancellationToken ct)
    {
        if (question.Password is not { Length: > 0 and <= PasswordRule.MaxLength }
            || question.Name is { Length: > LongestName }
            || question.Email is { Length: > EmailInput.MaxLength })
        {
            return TypedResults.BadRequest();
        }

        if (!await advice._turn.WaitAsync(LongestWait, ct))
        {
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        try
        {
            var strength = PasswordStrength.Of(question.Password, question.Email?.Trim(), question.Name);
            return TypedResults.Ok(new Answer(strength.Score, strength.Problem, strength.Advice));
        }
        finally
        {
            advice._turn.Release();
        }
    }

    /// <summary>What the form asks. Not a record, whose text would contain the password.</summary>
    internal sealed class Question
    {
        public string? Password { get; set; }

        public string? Name { get; set; }

        public string? Email { get; set; }
    }

    /// <summary>The answer; see <see cref="PasswordStrength"/>.</summary>
    internal sealed record Answer(int Score, string? Problem, ImmutableArray<string> Advice);
}
