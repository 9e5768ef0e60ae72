namespace BankPortal.Core.Common;

/// <summary>The actor lacks the role or the ownership that the command needs. Does not reveal whether the object exists.</summary>
public sealed record NotAllowedError() : Error("You are not allowed to do this.");

/// <summary>The object does not exist, or the actor may not see it; the two cases look the same to the caller.</summary>
/// <param name="What">The kind of object in lower case, such as "account".</param>
public sealed record NotFoundError(string What) : Error($"We could not find that {What}.");

/// <summary>An input breaks a rule that can be checked without reading any state.</summary>
/// <param name="FieldName">The name of the input.</param>
/// <param name="Sentence">The sentence shown next to the field.</param>
public sealed record InvalidInputError(string FieldName, string Sentence) : Error(Sentence)
{
    /// <inheritdoc/>
    public override string? Field => FieldName;
}

/// <summary>Other commands kept changing the same rows until the retries ran out. Nothing was changed.</summary>
public sealed record BusyError() : Error("The bank is busy with this account right now. Nothing was changed. Please try again.");

/// <summary>
/// The database did not answer, so the outcome is unknown. Repeating the command with the same idempotency key returns the outcome and
/// never carries the command out twice.
/// </summary>
public sealed record OutcomeUnknownError()
    : Error("We did not hear back from the bank's records in time. Try again: it will not be done twice.");
