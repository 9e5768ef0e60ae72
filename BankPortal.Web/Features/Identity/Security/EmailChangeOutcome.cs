namespace BankPortal.Web.Features.Identity.Security;

/// <summary>The result of following the link to a new e-mail address.</summary>
public enum EmailChangeOutcome
{
    /// <summary>The link no longer works, or somebody else has taken the address.</summary>
    Refused,

    /// <summary>The address was changed, and every session ended.</summary>
    Changed,

    /// <summary>The address was changed, and the person stays signed in in this browser alone.</summary>
    ChangedAndSignedIn,
}
