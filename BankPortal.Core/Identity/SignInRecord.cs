namespace BankPortal.Core.Identity;

/// <summary>One sign-in of a person.</summary>
/// <param name="At">When, to the second.</param>
/// <param name="Device">The browser and system in a few words, such as "Chrome on Windows".</param>
public sealed record SignInRecord(DateTimeOffset At, string Device);
