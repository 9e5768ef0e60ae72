namespace BankPortal.Core.Products.Terms;

/// <summary>The four-eyes principle: whoever proposed terms may not approve or reject them.</summary>
public sealed record SecondPersonDecidesError() : Error("You have proposed these terms. Somebody else has to decide on them.");

/// <summary>The terms have errors, each about one input.</summary>
public sealed record TermsInvalidError(ImmutableArray<InvalidInputError> Errors)
    : Error(Errors.Length == 1 ? Errors[0].Message : "Correct the marked fields first.")
{
    /// <inheritdoc/>
    public override string? Field => Errors.Length == 1 ? Errors[0].Field : null;
}

/// <summary>The version is not waiting for a decision any more.</summary>
public sealed record TermsDecidedError() : Error("These terms have been decided on already.");

/// <summary>The terms are the same as those that apply on their first day.</summary>
public sealed record TermsUnchangedError() : Error("These terms are the same as those that apply on that day already. Change something first.");

/// <summary>Terms for the future whose first day passed before anybody approved them.</summary>
public sealed record TermsLateError()
    : Error("The first day of these terms has passed, and they were not proposed as a correction. Reject them and propose them again.");
