namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>
/// A message to be thought about in the background. Nothing in it says whether the address has an account: that is looked
/// up after the page has answered, so that neither words nor time of the answer tell.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Email">The address as typed.</param>
/// <param name="Site">The start of links, without a slash at its end.</param>
public sealed record AccountMessageRequest(AccountMessageKind Kind, string Email, string Site);
