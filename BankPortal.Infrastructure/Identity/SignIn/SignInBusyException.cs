namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// As many attempts for one person as may be open at the same time were open for longer than an attempt waits, so this one was not made.
/// It is not counted. Trying again in a moment helps.
/// </summary>
public sealed class SignInBusyException() : Exception("Too many attempts for one person are open at the same time.");
