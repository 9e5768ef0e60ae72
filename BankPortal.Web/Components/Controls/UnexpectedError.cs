namespace BankPortal.Web.Components.Controls;

/// <summary>A fault on our side. Whether anything was done is not known; the same form can be sent again safely.</summary>
/// <param name="Reference">Leads to the log.</param>
public sealed record UnexpectedError(string Reference)
    : Error("Something went wrong on our side. You can try again: it will not be done twice.")
{
    /// <summary>Writes the fault into the log, under a fresh reference.</summary>
    public static UnexpectedError Log(ILogger logger, Exception exception)
    {
        var fault = new UnexpectedError(ErrorReference.New());
        PageAction.ActionFailed(logger, fault.Reference, exception);
        return fault;
    }
}
