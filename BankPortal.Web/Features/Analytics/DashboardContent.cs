using BankPortal.Core.Analytics;

namespace BankPortal.Web.Features.Analytics;

/// <summary>What the dashboard shows, as it was read.</summary>
/// <param name="Days">How many days of balances were asked for.</param>
/// <param name="Read">The dashboard, or why there is none.</param>
/// <param name="LastSignIn">The person's last sign-in before or beside this one; <see langword="null"/> when there was none.</param>
public sealed record DashboardContent(int Days, Result<Dashboard> Read, SignInRecord? LastSignIn);
