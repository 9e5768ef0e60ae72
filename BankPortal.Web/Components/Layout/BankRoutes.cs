namespace BankPortal.Web.Components.Layout;

/// <summary>Addresses of pages that other pages link to. Names follow the first system's where it had them.</summary>
public static class BankRoutes
{
    public const string Home = "/";
    public const string SignIn = "/auth/login";
    public const string Register = "/auth/register";
    public const string SignOut = "/auth/logout";
    public const string AccessDenied = "/auth/access-denied";
    public const string Dashboard = "/account/dashboard";
    public const string OpenAccount = "/account/create";
    public const string Transfer = "/transactions/transfer";
    public const string Deposit = "/transactions/deposit";
    public const string Withdraw = "/transactions/withdraw";
    public const string Analytics = "/analytics";
    public const string Categories = "/analytics/categories";
    public const string Budgets = "/analytics/budgets";
    public const string History = "/transactions/history";

    /// <summary>The choice of statements.</summary>
    public const string Statements = "/statements";

    /// <summary>The payee book.</summary>
    public const string Payees = "/payees";

    /// <summary>Requests for money, made and received.</summary>
    public const string Requests = "/requests";

    /// <summary>The form that asks for money.</summary>
    public const string NewRequest = Requests + "/new";

    /// <summary>The list of standing orders.</summary>
    public const string StandingOrders = "/standing-orders";

    /// <summary>The form of a new standing order.</summary>
    public const string NewStandingOrder = StandingOrders + "/new";
    public const string Security = "/identity/security";

    /// <summary>The list of one's sessions.</summary>
    public const string Sessions = Security + "#sessions";
    public const string Profile = "/identity/profile";

    /// <summary>The notification centre of the person who is signed in.</summary>
    public const string Notifications = "/notifications";

    /// <summary>What the signed-in person chose about messages.</summary>
    public const string NotificationSettings = "/notifications/settings";

    /// <summary>The events that could not be turned into messages, for administrators.</summary>
    public const string SetAsideEvents = "/admin/notifications";
    public const string Audit = "/audit";
    public const string AuditExport = Audit + "/export";
    public const string AdminUsers = "/admin/users";
    public const string Staff = "/staff";
    public const string Reconciliation = "/staff/reconciliation";

    /// <summary>Where staff declare the customers related to them.</summary>
    public const string RelatedPersons = "/staff/related-persons";

    /// <summary>Where staff look a transaction up.</summary>
    public const string StaffTransactions = "/staff/transactions";

    /// <summary>What happens in the bank, as it happens.</summary>
    public const string FraudLive = "/fraud/live";

    /// <summary>The queue of cases.</summary>
    public const string FraudCases = "/fraud/cases";

    /// <summary>Alerts that are in no case.</summary>
    public const string FraudCasesExport = "/fraud/cases.csv";
    public const string FraudAlertsExport = "/fraud/alerts.csv";
    public const string FraudListsExport = "/fraud/lists.csv";
    public const string FraudAlerts = "/fraud/alerts";

    /// <summary>The versions of the fraud rules.</summary>
    public const string FraudRules = "/fraud/rules";

    /// <summary>The transfers that wait for a decision.</summary>
    public const string FraudQueue = "/fraud/queue";

    /// <summary>The risk lists.</summary>
    public const string FraudLists = "/fraud/lists";

    /// <summary>Where the fraud desk looks an account up.</summary>
    public const string FraudAccounts = "/fraud/accounts";

    /// <summary>Reports for managers and compliance officers.</summary>
    public const string Reports = "/reports";

    /// <summary>Where a report is put together.</summary>
    public const string BuildReport = Reports + "/build";

    /// <summary>The rows behind a figure of a report.</summary>
    public const string ReportRows = Reports + "/rows";

    /// <summary>The reports that were made in the background.</summary>
    public const string ReportRuns = Reports + "/runs";

    /// <summary>The rates and fees of products.</summary>
    public const string Products = "/products";

    /// <summary>A customer's loans.</summary>
    public const string Loans = "/loans";

    /// <summary>The form of an application for a loan.</summary>
    public const string ApplyForLoan = Loans + "/apply";

    /// <summary>What waits for a decision of the lending desk.</summary>
    public const string Lending = "/lending";

    /// <summary>The loan book.</summary>
    public const string LoanBook = Lending + "/book";

    /// <summary>The kinds of loans.</summary>
    public const string LoanProducts = Lending + "/products";

    /// <summary>How the loan book performs.</summary>
    public const string LoanPerformance = Lending + "/performance";

    /// <summary>Details of one account.</summary>
    public static string AccountDetails(string accountId) => "/account/details/" + Uri.EscapeDataString(accountId);

    /// <summary>Details of one transaction.</summary>
    public static string Transaction(string transferId) => "/transactions/details/" + Uri.EscapeDataString(transferId);

    /// <summary>One transaction as staff see it.</summary>
    public static string StaffTransaction(string transferId) => StaffTransactions + "/" + Uri.EscapeDataString(transferId);

    /// <summary>One case.</summary>
    public static string FraudCase(string caseId) => FraudCases + "/" + Uri.EscapeDataString(caseId);

    /// <summary>The page of a user for administrators.</summary>
    public static string AdminUser(string userId) => $"{AdminUsers}/{Uri.EscapeDataString(userId)}";

    /// <summary>One account as the fraud desk sees it.</summary>
    public static string FraudAccount(string accountId) => FraudAccounts + "/" + Uri.EscapeDataString(accountId);

    /// <summary>One customer as the fraud desk sees them.</summary>
    public static string FraudCustomer(string userId) => "/fraud/customers/" + Uri.EscapeDataString(userId);

    /// <summary>One version of the fraud rules.</summary>
    public static string FraudRuleSet(int number) => FraudRules + "/" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A draft of the fraud rules being edited.</summary>
    public static string FraudRuleSetEdit(int number) => FraudRuleSet(number) + "/edit";

    /// <summary>Where a change of a product's terms is proposed.</summary>
    public static string ProposeTerms(AccountType product) => Products + "/propose?product=" + product.ToString();

    /// <summary>A report that every bank has, such as <c>deposit-growth</c>.</summary>
    public static string ShippedReport(string name) => Reports + "/shipped/" + Uri.EscapeDataString(name);

    /// <summary>A saved report.</summary>
    public static string SavedReport(string id) => Reports + "/saved/" + Uri.EscapeDataString(id);

    /// <summary>A report that was made in the background.</summary>
    public static string ReportRun(string id) => ReportRuns + "/" + Uri.EscapeDataString(id);

    /// <summary>The report of a month.</summary>
    public static string MonthReport(DateOnly month) => Analytics + month.ToString("'/monthly/'yyyy'/'MM", CultureInfo.InvariantCulture);

    /// <summary>The report of a year.</summary>
    public static string YearReport(int year) => Analytics + "/yearly/" + year.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a transaction's category is chosen.</summary>
    public static string TransactionCategory(string transferId) => Analytics + "/transaction/" + Uri.EscapeDataString(transferId);

    /// <summary>The history of one account.</summary>
    public static string HistoryOf(string accountId) => History + "?account=" + Uri.EscapeDataString(accountId);

    /// <summary>The statements of one account.</summary>
    public static string StatementsOf(string accountId) => Statements + "?account=" + Uri.EscapeDataString(accountId);

    /// <summary>One statement, by the name of its period.</summary>
    public static string Statement(string accountId, string period) =>
        $"{Statements}/{Uri.EscapeDataString(accountId)}/{Uri.EscapeDataString(period)}";

    /// <summary>One statement as a file.</summary>
    public static string StatementFile(string accountId, string period, string format) =>
        Statement(accountId, period) + "/" + Uri.EscapeDataString(format);

    /// <summary>One request for money.</summary>
    public static string Request(string requestId) => Requests + "/" + Uri.EscapeDataString(requestId);

    /// <summary>The application for a loan of a kind.</summary>
    public static string ApplyFor(string product) => ApplyForLoan + "?product=" + Uri.EscapeDataString(product);

    /// <summary>One loan, as its borrower sees it.</summary>
    public static string Loan(string loanId) => Loans + "/" + Uri.EscapeDataString(loanId);

    /// <summary>One loan, as the lending desk sees it.</summary>
    public static string LoanFile(string loanId) => LoanBook + "/" + Uri.EscapeDataString(loanId);

    /// <summary>One standing order.</summary>
    public static string StandingOrder(string orderId) => StandingOrders + "/" + Uri.EscapeDataString(orderId);

    /// <summary>The form that changes a standing order.</summary>
    public static string EditStandingOrder(string orderId) => StandingOrder(orderId) + "/edit";

    /// <summary>The parameter that names the transfer to fill the form with.</summary>
    public const string RepeatParameter = "repeat";

    /// <summary>The transfer form filled in as an earlier transfer.</summary>
    public static string Repeat(string transferId) => $"{Transfer}?{RepeatParameter}={Uri.EscapeDataString(transferId)}";

    /// <summary>A money page with an account chosen to take money from.</summary>
    public static string From(string page, string accountId) => page + "?from=" + Uri.EscapeDataString(accountId);

    /// <summary>A money page with an account chosen to pay into.</summary>
    public static string To(string page, string accountId) => page + "?to=" + Uri.EscapeDataString(accountId);
}
