namespace BankPortal.Core.Common.Approvals;

/// <summary>Whoever asked for something does not decide on it.</summary>
public sealed record MakerDecidesError() : Error("You have asked for this. Somebody else has to decide on it.");

/// <summary>Nobody decides on what concerns them.</summary>
public sealed record PartyDecidesError() : Error("This concerns you. A colleague has to decide on it.");

/// <summary>Two different people are needed.</summary>
public sealed record DecidedBeforeError() : Error("You have approved this already. A second person has to decide as well.");

/// <summary>It is not pending any more.</summary>
/// <param name="State">What became of it.</param>
public sealed record ApprovalClosedError(ApprovalState State) : Error(State switch
{
    ApprovalState.Approved => "This was approved already.",
    ApprovalState.Rejected => "This was rejected already.",
    ApprovalState.Expired => "Nobody decided on this in time. It has to be asked for again.",
    _ => "This was taken back.",
});
