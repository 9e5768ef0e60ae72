namespace BankPortal.Web.Features.Home;

/// <summary>The page for an address that leads nowhere, and for every other refusal that has no page of its own.</summary>
public sealed partial class NotFound
{
    [SupplyParameterFromQuery(Name = "code")] private int? RefusalCode { get; set; }

    private int Code => RefusalCode is >= 400 and <= 599 ? RefusalCode.Value : StatusCodes.Status404NotFound;

    private (string Title, string Text) Message =>
        Code switch
        {
            StatusCodes.Status404NotFound => (
                "There is no page here",
                "The address may be mistyped, or the page may have moved. Nothing was changed."
            ),
            StatusCodes.Status405MethodNotAllowed => (
                "This address does not take that request",
                "It can be opened like any page, but not changed or deleted. Nothing was changed."
            ),
            StatusCodes.Status400BadRequest => (
                "We could not accept that form",
                "It may have been open for too long, or in a window from before you signed in. Go back, load the page again and retry. Nothing was changed."
            ),
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => (
                "You cannot see this page",
                "It belongs to another person or to another role. If you think it should be yours, sign in again or ask the bank."
            ),
            StatusCodes.Status413PayloadTooLarge => ("That was too large", "The file or form is larger than we take. Nothing was changed."),
            StatusCodes.Status429TooManyRequests => ("Too many tries in a short time", "Please wait a minute and try again."),
            StatusCodes.Status503ServiceUnavailable => (
                "Very many people are signing in right now",
                "Your password was not checked, and nothing was changed or counted. Please wait a few seconds and try again."
            ),
            >= 500 => ("We cannot answer right now", "Something on our side is not ready. Please try again in a moment."),
            _ => ("That did not work", "We could not accept this request. Nothing was changed."),
        };
}
