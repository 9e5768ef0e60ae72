namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Settings of registration and signing in; section <c>SignIn</c>.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>
    /// The address people reach the portal by, such as <c>https://bank.example</c>; links in messages start with it.
    /// Required outside Development, where the address of a request is not trusted.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// The domain that passkeys are made for; the host of <see cref="PublicUrl"/>, or a parent domain of it that other portals of the bank
    /// share. Passkeys of another domain no longer work after a change. <see langword="null"/>: the host of <see cref="PublicUrl"/>, in
    /// Development without one that of the request.
    /// </summary>
    public string? PasskeyDomain { get; set; }

    /// <summary>How many forms of registration and signing in one network address may send per minute.</summary>
    public int FormsPerMinute { get; set; } = 30;

    /// <summary>How often one network address may ask for advice about a password per minute, while somebody types one.</summary>
    public int AdvicePerMinute { get; set; } = 120;

    /// <summary>
    /// The shortest time for refusals that must not reveal whether an account exists, so that their duration does not either.
    /// </summary>
    public TimeSpan NeutralAnswerTime { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>How many messages of one kind a person may be sent in <see cref="MessageWindow"/>.</summary>
    public int MessagesPerWindow { get; set; } = 3;

    /// <summary>See <see cref="MessagesPerWindow"/>.</summary>
    public TimeSpan MessageWindow { get; set; } = TimeSpan.FromMinutes(15);
}
