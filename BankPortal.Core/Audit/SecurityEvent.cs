namespace BankPortal.Core.Audit;

/// <summary>
/// Something that happened about signing in or access. Never holds a password, a code or what somebody typed. Two events that are equal
/// are the same thing happening again.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record SecurityEvent(SecurityEventKind Kind, SecurityEventOutcome Outcome)
{
    /// <summary>The detail of an event that stands for several different ones, which were too many to be kept one by one.</summary>
    public const string Several = "several";

    /// <summary>The person's user id, if known.</summary>
    public string? UserId { get; init; }

    /// <summary>A keyed hash of the name or address that was typed; the same name gives the same hash.</summary>
    public string? TypedNameHash { get; init; }

    /// <summary>The network address.</summary>
    public string? Address { get; init; }

    /// <summary>The browser and system in a few words, such as "Chrome on Windows".</summary>
    public string? Device { get; init; }

    /// <summary>The public id of the session, if there is one.</summary>
    public string? SessionId { get; init; }

    /// <summary>What else is known, such as the page that was refused.</summary>
    public string? Detail { get; init; }

    /// <summary>The event in whose place this one is counted when there are too many different ones.</summary>
    internal SecurityEvent Merged() => new(Kind, Outcome) { Detail = Several };
}

/// <summary>What a security event is about. The names are stored.</summary>
public enum SecurityEventKind
{
    /// <summary>A sign-in with a password, or a completed sign-in.</summary>
    SignIn,

    /// <summary>A code or recovery code that was to complete a sign-in.</summary>
    SecondFactor,

    /// <summary>A password or code that a signed-in person gave again.</summary>
    StepUp,

    /// <summary>A link to choose a new password: asked for, or used.</summary>
    PasswordReset,

    /// <summary>A person signed in from a kind of device that this person has not used before.</summary>
    NewDevice,

    /// <summary>A signed-in person was refused a page or a download.</summary>
    PageRefused,

    /// <summary>A request was refused because too many came from its network address (429).</summary>
    RateLimited,

    /// <summary>A passkey was added or removed, or refused because its counter went back; the detail says which.</summary>
    Passkey,
}

/// <summary>How a security event ended. The names are stored.</summary>
public enum SecurityEventOutcome
{
    /// <summary>The person was let in, or did what the event is about.</summary>
    Succeeded,

    /// <summary>The password, code or link was wrong, or nobody has the name.</summary>
    Failed,

    /// <summary>Refused because of too many wrong tries.</summary>
    Locked,

    /// <summary>Refused because the bank blocks the person's sign-in.</summary>
    Blocked,

    /// <summary>The password was right, but the e-mail address is not confirmed.</summary>
    NotConfirmed,

    /// <summary>The password was right, and a second factor is asked for.</summary>
    SecondFactorNeeded,

    /// <summary>Asked for; nothing has happened yet.</summary>
    Requested,

    /// <summary>Refused by a rule.</summary>
    Refused,
}

/// <summary>One or more equal security events as they are stored. Records are never changed or removed.</summary>
/// <param name="Id">Identifies the record.</param>
/// <param name="At">When it happened; the first time of several.</param>
/// <param name="Event">What happened.</param>
/// <param name="Count">How often.</param>
/// <param name="LastAt">When it happened last.</param>
public sealed record SecurityRecord(string Id, DateTimeOffset At, SecurityEvent Event, int Count, DateTimeOffset LastAt);

/// <summary>How often a kind of event ended in one way.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Count">How often.</param>
public sealed record SecurityEventCount(SecurityEventKind Kind, SecurityEventOutcome Outcome, long Count);
