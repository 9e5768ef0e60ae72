using System.ComponentModel.DataAnnotations;

namespace BankPortal.Web.Identity;

/// <summary>Settings of registration and signing in; section <c>SignIn</c>.</summary>
public sealed class SignInOptions : IValidatableObject
{
    public const string Section = "SignIn";

    /// <summary>
    /// The address people reach the portal by, such as <c>https://bank.example</c>; links in messages start with it.
    /// Needed outside Development, where the address a request names is not believed.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How many forms of registration and signing in one network address may send per minute.</summary>
    public int FormsPerMinute { get; set; } = 30;

    /// <summary>
    /// Refusals that must not tell whether an account exists take at least this long, so that the time does not tell either.
    /// </summary>
    public TimeSpan NeutralAnswerTime { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>How many messages of one kind an e-mail address may be sent in <see cref="MessageWindow"/>.</summary>
    public int MessagesPerWindow { get; set; } = 3;

    /// <summary>See <see cref="MessagesPerWindow"/>.</summary>
    public TimeSpan MessageWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is not null && (!PublicUrl.IsAbsoluteUri || PublicUrl.Scheme is not ("https" or "http") || PublicUrl.Query.Length > 0))
        {
            yield return new ValidationResult($"{Section}:PublicUrl must be an address such as https://bank.example.", [nameof(PublicUrl)]);
        }

        if (FormsPerMinute < 1)
        {
            yield return new ValidationResult($"{Section}:FormsPerMinute must be at least 1.", [nameof(FormsPerMinute)]);
        }

        if (NeutralAnswerTime < TimeSpan.Zero || NeutralAnswerTime > TimeSpan.FromSeconds(10))
        {
            yield return new ValidationResult($"{Section}:NeutralAnswerTime must be between zero and ten seconds.", [nameof(NeutralAnswerTime)]);
        }

        if (MessagesPerWindow < 1)
        {
            yield return new ValidationResult($"{Section}:MessagesPerWindow must be at least 1.", [nameof(MessagesPerWindow)]);
        }

        if (MessageWindow <= TimeSpan.Zero || MessageWindow > TimeSpan.FromDays(1))
        {
            yield return new ValidationResult($"{Section}:MessageWindow must be more than zero and a day at most.", [nameof(MessageWindow)]);
        }
    }
}
