using BankPortal.Core.Common.Approvals;

namespace BankPortal.Core.Administration.Users;

/// <summary>What two administrators decide about a user: the kinds of approvals and what their ids carry.</summary>
public static class UserRequests
{
    /// <summary>Other staff roles.</summary>
    public const string Roles = "user-roles";

    /// <summary>The second factor is taken away, for somebody who lost it.</summary>
    public const string SecondFactor = "user-second-factor";

    private const string Prefix = "user/";

    /// <summary>How long a request waits.</summary>
    public static TimeSpan OpenFor { get; } = TimeSpan.FromDays(7);

    /// <summary>All kinds.</summary>
    public static ImmutableArray<string> Kinds { get; } = [Roles, SecondFactor];

    /// <summary>The subject of a user's approvals.</summary>
    public static string SubjectOf(string userId) => Prefix + userId;

    /// <summary>The user an approval is about; <see langword="null"/> when it is about something else.</summary>
    public static string? UserOf(Approval approval)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return approval.Subject.StartsWith(Prefix, StringComparison.Ordinal) ? approval.Subject[Prefix.Length..] : null;
    }

    /// <summary>The staff roles a request asks for.</summary>
    public static ImmutableSortedSet<string> RolesOf(Approval approval)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return [.. approval.Id.Split('.')[^1].Split('+').Where(BankRoles.Staff.Contains)];
    }

    internal static string IdOf(string kind, DateTimeOffset now, IEnumerable<string> roles) => string.Create(
        CultureInfo.InvariantCulture, $"{now.UtcTicks}.{kind}.{string.Join('+', roles)}");
}

/// <summary>A request about a user.</summary>
/// <param name="Approval">What is asked for.</param>
/// <param name="UserId">The user.</param>
/// <param name="UserName">Their name.</param>
/// <param name="MakerName">Who asked.</param>
/// <param name="Refusal">Why the reader may not decide; <see langword="null"/> when they may.</param>
public sealed record UserRequest(Approval Approval, string UserId, string UserName, string MakerName, Error? Refusal);
