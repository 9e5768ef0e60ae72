using BankPortal.Infrastructure.Identity;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The rules of signing in as people read them, so that pages and messages say what the configuration does.</summary>
public sealed class SignInText(IOptions<BankIdentityOptions> options, IOptions<IdentityOptions> identity)
{
    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>"five wrong tries".</summary>
    public string WrongTries => Count(identity.Value.Lockout.MaxFailedAccessAttempts, "wrong try", "wrong tries");

    /// <summary>"30 minutes".</summary>
    public string LockTime => Duration(identity.Value.Lockout.DefaultLockoutTimeSpan);

    /// <summary>"one hour".</summary>
    public string ResetTime => Duration(options.Value.PasswordResetLifetime);

    /// <summary>"24 hours".</summary>
    public string ConfirmTime => Duration(options.Value.EmailConfirmationLifetime);

    /// <summary>
    /// What everybody reads who is not let in: who has no account, who typed a wrong password, and who has not confirmed the
    /// address yet. One text for all, so that it tells nobody which.
    /// </summary>
    public string Refused =>
        $"Check your e-mail and password. After {WrongTries} signing in is locked for {LockTime}. " +
        "If you have just registered, first open the link we sent you by e-mail.";

    /// <summary>What a person who is signed in reads after too many wrong tries.</summary>
    public string Locked => $"There were too many wrong tries. For your security nothing is accepted for {LockTime}. Please try again then.";

    /// <summary>What a person reads when too many tries for one address run at the same time.</summary>
    internal const string Busy = "There are too many tries to sign in with this address at the same time. Please try again in a moment.";

    /// <summary>What a person reads whose passkey is not accepted: unknown, removed, or possibly copied.</summary>
    internal const string WrongPasskey = "This passkey was not accepted. It may have been removed from your account. Try another way.";

    /// <summary>What a person reads whom the bank lets not sign in for now. Only after the right password, and without a reason.</summary>
    internal const string Unavailable = "We cannot sign you in at the moment. Please contact us, and we will help you.";

    /// <summary>A duration in the largest unit that fits it exactly.</summary>
    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } when time.Ticks % TimeSpan.TicksPerHour == 0 => Count((int)time.TotalHours, "hour", "hours"),
        { TotalMinutes: >= 1 } when time.Ticks % TimeSpan.TicksPerMinute == 0 => Count((int)time.TotalMinutes, "minute", "minutes"),
        _ => Count((int)Math.Ceiling(time.TotalSeconds), "second", "seconds"),
    };

    private static string Count(int count, string one, string many) =>
        (count < Numbers.Length ? Numbers[count] : count.ToString(CultureInfo.InvariantCulture)) + " " + (count == 1 ? one : many);
}
