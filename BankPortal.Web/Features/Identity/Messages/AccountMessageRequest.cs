namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>
/// A request for a message, worked on in the background. Whether the address has an account is looked up after the page has
/// answered, so that neither the text nor the time of the answer reveals it.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Email">The address as typed.</param>
/// <param name="Site">The start of links, without a slash at its end.</param>
public sealed record AccountMessageRequest(AccountMessageKind Kind, string Email, string Site);

/// <summary>The events that a person gets a message about.</summary>
public enum AccountMessageKind
{
    /// <summary>Somebody registered with the address: the first time, again, or although it has an account.</summary>
    Registration,

    /// <summary>Somebody forgot the password of the address, or says so.</summary>
    PasswordForgotten,

    /// <summary>Too many wrong passwords: signing in is locked for a while.</summary>
    Locked,

    /// <summary>Too many wrong codes after the right password: signing in is locked for a while, and somebody knows the password.</summary>
    LockedAfterPassword,

    /// <summary>The password was replaced by way of a link.</summary>
    PasswordReplaced,
}
