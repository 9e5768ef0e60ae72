namespace BankPortal.Core.Notifications.Contacts;

/// <summary>The address receives messages already.</summary>
public sealed record ContactKnownError(string FieldName) : Error("Your messages go there already.")
{
    /// <inheritdoc/>
    public override string? Field => FieldName;
}

/// <summary>The notification service will not send to the address.</summary>
public sealed record ContactRefusedError(string FieldName)
    : Error("We cannot send messages there. Check it; if it is a telephone that has stopped our messages, send START to their sender first.")
{
    /// <inheritdoc/>
    public override string? Field => FieldName;
}

/// <summary>A code was sent a moment ago.</summary>
public sealed record CodeJustSentError() : Error("We sent you a code a moment ago. Please wait a minute before you ask for another.");

/// <summary>The person, or the address, had as many codes or confirmations as there may be in a day.</summary>
public sealed record TooManyConfirmationsError()
    : Error("Too many codes or confirmations were sent to you or to this address today. Please try again tomorrow.");

/// <summary>The code is not the one that was sent.</summary>
/// <param name="TriesLeft">How many more tries there are.</param>
public sealed record WrongContactCodeError(int TriesLeft) : Error(
    TriesLeft > 0
        ? $"That is not the code we sent. You can try {TriesLeft.ToString(CultureInfo.CurrentCulture)} more {(TriesLeft == 1 ? "time" : "times")}."
        : "That is not the code we sent. Ask for a new one.")
{
    /// <inheritdoc/>
    public override string? Field => "code";
}

/// <summary>There is no code that could be used: none was sent, it is too old, or there were too many tries.</summary>
public sealed record ContactCodeOverError() : Error("This code cannot be used any more. Ask for a new one.")
{
    /// <inheritdoc/>
    public override string? Field => "code";
}

/// <summary>The notification service did not answer. Nothing was changed.</summary>
public sealed record ContactServiceDownError()
    : Error("The service that sends e-mails and text messages does not answer. Nothing was changed. Please try again in a few minutes.");
