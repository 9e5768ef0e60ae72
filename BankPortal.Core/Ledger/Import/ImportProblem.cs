namespace BankPortal.Core.Ledger.Import;

/// <summary>A line of a file that was left out, or something about it worth knowing.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Reason">Why, in plain words.</param>
public sealed record ImportProblem(int Line, string Reason);
