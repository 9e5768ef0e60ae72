namespace BankPortal.Core.Fraud.Lists;

/// <summary>The subject is already on that list.</summary>
public sealed record AlreadyListedError() : Error("This is on that list already. Extend it there instead.")
{
    /// <inheritdoc/>
    public override string? Field => "list";
}

/// <summary>Somebody else changed the entry first.</summary>
public sealed record ListChangedError() : Error("A colleague has just changed this entry. Look at it as it is now, then decide again.");
