namespace BankPortal.Core.Fraud.Cases;

/// <summary>Somebody changed the case after it was read: nothing is written over what they did.</summary>
/// <param name="Who">The name of who changed it, or "You" when it was the same person elsewhere.</param>
public sealed record CaseChangedError(string Who) : Error($"{Who} changed this case meanwhile. It is shown as it is now; nothing of yours was saved yet. Look again, then decide.");

/// <summary>The case is closed.</summary>
public sealed record CaseIsClosedError() : Error("This case is closed. Reopen it first.");

/// <summary>The case is open.</summary>
public sealed record CaseIsOpenError() : Error("This case is open already.");

/// <summary>The case is escalated.</summary>
public sealed record CaseIsEscalatedError() : Error("This case is escalated already.");

/// <summary>There is an open case of that kind for that customer, and there can be only one.</summary>
/// <param name="CaseId">The case.</param>
public sealed record OpenCaseThereError(string CaseId) : Error("There is an open case of this kind for this customer already. Work on that one.");

/// <summary>The two cases are linked.</summary>
public sealed record AlreadyLinkedError() : Error("These two cases are linked already.")
{
    /// <inheritdoc/>
    public override string? Field => "case";
}
