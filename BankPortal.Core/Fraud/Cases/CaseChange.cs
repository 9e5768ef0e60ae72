namespace BankPortal.Core.Fraud.Cases;

/// <summary>One case in a commit.</summary>
/// <param name="Before">As it was read; <see langword="null"/> for one that is being opened. It must still be of that version.</param>
/// <param name="After">As it is to be.</param>
public sealed record CaseChange(Case? Before, Case After);
