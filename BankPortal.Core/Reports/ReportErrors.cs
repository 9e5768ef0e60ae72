namespace BankPortal.Core.Reports;

/// <summary>The combination is not kept by day; it can be counted from the transactions in the background.</summary>
public sealed record ReportNeedsRunError()
    : Error("This combination is not kept by day. It is counted from the transactions themselves, in the background.");

/// <summary>A saved report was deleted; links to it say so.</summary>
/// <param name="Title">What it was called.</param>
public sealed record ReportDeletedError(string Title) : Error($"The report “{Title}” was deleted by its owner.");

/// <summary>The report was changed by somebody else, or in another tab.</summary>
public sealed record ReportChangedError() : Error("The report was changed meanwhile. Load the page again.");
