namespace BankPortal.Core.Common;

/// <summary>The actor lacks the role or the ownership the command needs. Says nothing about whether the object exists.</summary>
public sealed record NotAllowedError() : Error("You are not allowed to do this.");

/// <summary>The object does not exist, or is not one the actor may see; the two are not told apart.</summary>
/// <param name="What">The kind of object in lower case, such as "account".</param>
public sealed record NotFoundError(string What) : Error($"We could not find that {What}.");

/// <summary>An input broke a rule that can be checked without looking at any state.</summary>
/// <param name="FieldName">The name of the input.</param>
/// <param name="Sentence">The sentence shown next to the field.</param>
public sealed record InvalidInputError(string FieldName, string Sentence) : Error(Sentence)
{
    /// <inheritdoc/>
    public override string? Field => FieldName;
}

/// <summary>The same rows were wanted by others for as long as we were willing to try; nothing has changed.</summary>
public sealed record BusyError() : Error("The bank is busy with this account right now. Nothing was changed. Please try again.");

/// <summary>
/// The store did not answer, so the outcome is not known. Asking again with the same idempotency key finds out and
/// never does the thing twice.
/// </summary>
public sealed record OutcomeUnknownError()
    : Error("We did not hear back from the bank's records in time. Try again: it will not be done twice.");
