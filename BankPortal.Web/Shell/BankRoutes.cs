namespace BankPortal.Web.Shell;

/// <summary>Addresses of pages that other pages link to. Names follow the first system's where it had them.</summary>
public static class BankRoutes
{
    public const string Home = "/";
    public const string SignIn = "/auth/login";
    public const string Register = "/auth/register";
    public const string SignOut = "/auth/logout";
    public const string AccessDenied = "/auth/denied";
    public const string Dashboard = "/account/dashboard";
    public const string OpenAccount = "/account/create";
    public const string Transfer = "/transactions/transfer";
    public const string Deposit = "/transactions/deposit";
    public const string Withdraw = "/transactions/withdraw";
    public const string History = "/transactions/history";
    public const string Security = "/identity/security";
    public const string Profile = "/identity/profile";
    public const string Staff = "/staff";

    /// <summary>Details of one account.</summary>
    public static string AccountDetails(string accountId) => "/account/details/" + Uri.EscapeDataString(accountId);
}
