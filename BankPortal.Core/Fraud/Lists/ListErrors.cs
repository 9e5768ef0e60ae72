namespace BankPortal.Core.Fraud.Lists;

/// <summary>It is on that list already.</summary>
public sealed record AlreadyListedError() : Error("This is on that list already. Extend it there instead.")
{
    /// <inheritdoc/>
    public override string? Field => "list";
}

/// <summary>Somebody else was faster.</summary>
public sealed record ListChangedError() : Error("A colleague has just changed this entry. Look at it as it is now, then decide again.");
