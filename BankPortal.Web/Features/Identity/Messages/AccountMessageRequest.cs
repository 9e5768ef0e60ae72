namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>
/// A message to be thought about in the background. Nothing in it says whether the address has an account: that is looked
/// up after the page has answered, so that neither words nor time of the answer tell.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Email">The address as typed.</param>
/// <param name="Site">The start of links, without a slash at its end.</param>
public sealed record AccountMessageRequest(AccountMessageKind Kind, string Email, string Site);

/// <summary>What happened that somebody is to be written about.</summary>
public enum AccountMessageKind
{
    /// <summary>Somebody registered with the address: the first time, again, or although it has an account.</summary>
    Registration,

    /// <summary>Somebody forgot the password of the address, or says so.</summary>
    PasswordForgotten,

    /// <summary>Too many wrong passwords: signing in is locked for a while.</summary>
    Locked,

    /// <summary>The password was replaced by way of a link.</summary>
    PasswordReplaced,
}
