namespace BankPortal.Core.Fraud.Cases;

/// <summary>Somebody changed the case after it was read; their change is kept.</summary>
/// <param name="Who">The name of that person, or "You" when it was the same person in another window.</param>
public sealed record CaseChangedError(string Who)
    : Error($"{Who} changed this case in the meantime. Your change was not saved. Check the case as it is now, then try again.");

/// <summary>The action needs an open case, but the case is closed.</summary>
public sealed record CaseIsClosedError() : Error("This case is closed. Reopen it first.");

/// <summary>The action needs a closed case, but the case is open.</summary>
public sealed record CaseIsOpenError() : Error("This case is already open.");

/// <summary>The case is already escalated.</summary>
public sealed record CaseIsEscalatedError() : Error("This case is already escalated.");

/// <summary>The customer has an open case of that kind, and there can be only one.</summary>
/// <param name="CaseId">The id of the open case.</param>
public sealed record OpenCaseThereError(string CaseId) : Error("This customer already has an open case of this kind. Work on that one.");

/// <summary>The two cases are already linked.</summary>
public sealed record AlreadyLinkedError() : Error("These two cases are already linked.")
{
    /// <inheritdoc/>
    public override string? Field => "case";
}
