namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>A change of security settings that the owner is notified of by e-mail.</summary>
public enum SecurityNotice
{
    /// <summary>The password was changed by someone signed in.</summary>
    PasswordChanged,

    /// <summary>The authenticator was turned on.</summary>
    AuthenticatorOn,

    /// <summary>The authenticator was moved to another device.</summary>
    AuthenticatorReplaced,

    /// <summary>The authenticator was turned off.</summary>
    AuthenticatorOff,

    /// <summary>The authenticator was turned off; passkeys stay.</summary>
    AuthenticatorOffPasskeysStay,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>A passkey was refused because it may have been copied.</summary>
    PasskeyRefused,

    /// <summary>New recovery codes were made.</summary>
    RecoveryCodesRenewed,

    /// <summary>A recovery code was used to confirm an action.</summary>
    RecoveryCodeUsed,

    /// <summary>The other sessions were ended.</summary>
    SessionsEnded,

    /// <summary>Somebody asked to change the e-mail address; goes to the old one.</summary>
    EmailChangeAsked,

    /// <summary>The e-mail address was changed; goes to the old one.</summary>
    EmailChanged,

    /// <summary>The name or the telephone number was changed.</summary>
    DetailsChanged,
}
