namespace BankPortal.Web.Components.Pages;

/// <summary>For whom and what a content was read. It is given only to a circuit with the same key.</summary>
/// <param name="Owner">The person and the session.</param>
/// <param name="Page">The page's type.</param>
/// <param name="Address">Path and query of the page.</param>
/// <param name="ZoneId">The reader's time zone, which decides what a calendar day is.</param>
internal sealed record HandOverKey(SessionHandle Owner, Type Page, string Address, string ZoneId);
