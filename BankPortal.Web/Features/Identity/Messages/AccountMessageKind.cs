
namespace BankPortal.Web.Features.Identity.Messages;

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
