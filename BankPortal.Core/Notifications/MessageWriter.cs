using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications;

/// <summary>
/// Writes the text of every message, in one place. Pure. Customers are told about checks in neutral words, never about suspicion; no text
/// has more of an account number than its last four digits.
/// </summary>
public sealed class MessageWriter(MessageRules rules)
{
    // The module Identity sends an e-mail about these at once, as it needs no person who is signed in.
    private static readonly ImmutableHashSet<string> SentByIdentity =
    [
        BankEventKinds.SignInLocked, BankEventKinds.PasswordChanged, BankEventKinds.EmailChanged, BankEventKinds.SecondFactorOn,
        BankEventKinds.SecondFactorReplaced, BankEventKinds.SecondFactorOff,
    ];

    private const string SecurityPage = "/identity/security";
    private const string BudgetsPage = "/analytics/budgets";
    private const string RequestsPage = "/requests";
    private const string SettingsPage = "/notifications/settings";
    private const string OrdersPage = "/standing-orders";
    private const string NotYou = " If it was not you, choose a new password at once and tell us.";

    /// <summary>Writes the messages about an event other than a ledger commit.</summary>
    /// <returns>The messages; none when nobody is told of the kind.</returns>
    /// <exception cref="FormatException">The kind is not known, a fact is missing or has another form.</exception>
    public static IEnumerable<InboxMessage> Write(BankEvent happened, Account? account)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var label = account?.Label ?? "Your account";
        return happened.Kind switch
        {
            BankEventKinds.AccountOpened => One(AlertKind.Account, "Account opened", $"{label} is open.", AccountPage()),
            BankEventKinds.AccountClosed =>
                One(AlertKind.Account, "Account closed", $"{label} is closed. Its statements stay available.", AccountPage()),
            BankEventKinds.AccountFrozen => One(
                AlertKind.Account,
                "Account restricted",
                $"Money can come into {label} but cannot leave it for now. Please contact us if you have questions.",
                AccountPage()),
            BankEventKinds.AccountUnfrozen =>
                One(AlertKind.Account, "Account available again", $"You can use {label} again.", AccountPage()),
            BankEventKinds.StatementReady => One(
                AlertKind.Statement, "Statement ready", $"The statement of {label} for {Fact("period")} is ready.", "/statements"),
            BankEventKinds.NewDevice => One(
                AlertKind.Security,
                "Sign-in from a new device",
                $"Somebody signed in to your account from {FactOr("device", "a device")} that you had not used before.{NotYou}",
                SecurityPage),
            BankEventKinds.SignInLocked => One(
                AlertKind.Security,
                "Sign-in was locked",
                "After several wrong attempts, signing in to your account was locked for a while. It works again by itself.",
                SecurityPage),
            BankEventKinds.PasswordChanged =>
                One(AlertKind.Security, "Password changed", "The password of your account was changed." + NotYou, SecurityPage),
            BankEventKinds.EmailChanged =>
                One(AlertKind.Security, "E-mail address changed", "The e-mail address of your account was changed." + NotYou, SecurityPage),
            BankEventKinds.SecondFactorOn => One(
                AlertKind.Security, "Second factor on", "Signing in now needs a code from your authenticator app as well.", SecurityPage),
            BankEventKinds.SecondFactorReplaced => One(
                AlertKind.Security, "Second factor moved", "Your codes now come from another device." + NotYou, SecurityPage),
            BankEventKinds.SecondFactorOff => One(
                AlertKind.Security, "Second factor off", "Signing in needs only your password now." + NotYou, SecurityPage),
            BankEventKinds.SecurityNotice =>
            [
                One(AlertKind.Security, Fact("title"), Fact("text"), SecurityPage)[0] with
                {
                    SendTo = FactOrNull("address"),
                    IsRead = FactOrNull("told") is not null,
                },
            ],
            BankEventKinds.RolesChanged => One(
                AlertKind.Security, "Your roles were changed", $"Your roles are now: {FactOr("roles", "none")}.", null),
            BankEventKinds.StandingOrderFailed => One(
                AlertKind.StandingOrder,
                "Scheduled transfer failed",
                $"The transfer of {Amount()} to {Payee()} due on {Day()} was not made. {Sentence(Fact("reason"))}",
                PageOf(OrdersPage, "order")),
            BankEventKinds.StandingOrderPaused => One(
                AlertKind.StandingOrder,
                "Standing order paused",
                $"We paused the standing order of {Amount()} to {Payee()}. {Sentence(Fact("reason"))} Resume it when the cause is removed.",
                PageOf(OrdersPage, "order")),
            BankEventKinds.StandingOrderExecuted => [],
            BankEventKinds.PaymentRequested => One(
                AlertKind.Request,
                "Request for money",
                $"{Fact("asker")} asks you for {Amount()}. You can accept or decline until {Day()}.",
                PageOf(RequestsPage, "request")),
            BankEventKinds.PaymentRequestAccepted => One(
                AlertKind.Request, "Request accepted", $"{Fact("payer")} accepted your request for {Amount()}.", PageOf(RequestsPage, "request")),
            BankEventKinds.PaymentRequestDeclined => One(
                AlertKind.Request, "Request declined", $"{Fact("payer")} declined your request for {Amount()}.", PageOf(RequestsPage, "request")),
            BankEventKinds.PayeeAdded => One(
                AlertKind.Security, "Payee added", $"{Fact("payee")} was added to your payees.{NotYou}", FactOrNull("link")),
            BankEventKinds.AlertAddressAdded => One(
                AlertKind.Security,
                "Address for messages added",
                $"Your messages can now also reach you by {Fact("channel")} at {Fact("address")}.{NotYou}",
                SettingsPage),
            BankEventKinds.AlertAddressRemoved => One(
                AlertKind.Security,
                "Address for messages removed",
                $"Your messages no longer go by {Fact("channel")} to {Fact("address")}.{NotYou}",
                SettingsPage),
            BankEventKinds.BudgetReached => One(
                AlertKind.Budget,
                Fact("percent") == "100" ? "Budget reached" : "Budget nearly reached",
                $"You have spent {Money(Fact("spent"))} of the {Amount()} that you planned for {Fact("category")} in {Month()}.",
                BudgetsPage),
            BankEventKinds.InstalmentDue => One(
                AlertKind.Loan, "Instalment due", $"An instalment of {Amount()} is due on {Day()}.", FactOrNull("link")),
            BankEventKinds.InstalmentMissed => One(
                AlertKind.Loan, "Instalment missed", $"The instalment of {Amount()} due on {Day()} is unpaid.", FactOrNull("link")),
            BankEventKinds.LoanDecided => One(
                AlertKind.Loan,
                Fact("outcome") switch
                {
                    "granted" => "Loan granted",
                    "declined" => "Loan not granted",
                    _ => "Loan application ended",
                },
                Fact("outcome") switch
                {
                    "granted" => $"Your application for {Fact("product")} over {Amount()} was granted.",
                    "declined" => $"We could not grant your application for {Fact("product")} over {Amount()}.",
                    _ => $"Your application for {Fact("product")} over {Amount()} has ended without a decision.",
                },
                FactOrNull("link")),
            BankEventKinds.LoanPaidOut => One(
                AlertKind.Loan,
                "Loan paid out",
                $"{Amount()} was paid into {label}. The first instalment is due on {Day()}.",
                FactOrNull("link")),
            BankEventKinds.LoanPaidOff => One(
                AlertKind.Loan, "Loan repaid", $"Your {Fact("product")} is repaid completely.", FactOrNull("link")),
            BankEventKinds.LoanHolidayDecided => One(
                AlertKind.Loan,
                Fact("outcome") == "granted" ? "Payment holiday granted" : "Payment holiday not granted",
                Fact("outcome") == "granted"
                    ? $"Your {Fact("product")} has a payment holiday. The next instalment is due on {Day()}."
                    : $"We could not grant the payment holiday for your {Fact("product")}.",
                FactOrNull("link")),
            BankEventKinds.ReportReady => One(
                AlertKind.Work, "Report ready", $"{Fact("report")} is ready.", FactOrNull("link")),
            _ => throw new FormatException($"Nobody knows the text of {happened.Kind}."),
        };

        InboxMessage[] One(AlertKind kind, string title, string text, string? link) =>
        [
            New(happened.Id, happened.PersonId, kind, happened.At, title, text, FactOr("reference", ""), Path(link)) with
            {
                IsSentByIdentity = SentByIdentity.Contains(happened.Kind),
            },
        ];

        string PageOf(string list, string fact) => FactOrNull(fact) is { } id ? list + "/" + Uri.EscapeDataString(id) : list;
        string? AccountPage() => account is null ? null : "/account/details/" + Uri.EscapeDataString(account.Id);
        string Fact(string name) => FactOrNull(name) ?? throw new FormatException($"The event {happened.Kind} has no {name}.");
        string FactOr(string name, string other) => FactOrNull(name) ?? other;
        string? FactOrNull(string name) => happened.Facts.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
        string Payee() => FactOr("payee", "your other account");
        string Day() => DateOnly.ParseExact(Fact("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        string Month() => DateOnly.ParseExact(Fact("month") + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        string Amount() => Money(Fact("amount"));
        string Money(string amount) => Text(Common.Money.Of(
            decimal.Parse(amount, NumberStyles.Number, CultureInfo.InvariantCulture), Currency.Of(Fact("currency"))));
    }

    /// <summary>Writes the messages about one transfer of a ledger commit.</summary>
    /// <param name="facts">What the commit said about it.</param>
    /// <param name="transfer">The transfer.</param>
    /// <param name="accounts">Its customer accounts, by id.</param>
    /// <param name="staff">The members of staff who are told about what needs their attention.</param>
    public IEnumerable<InboxMessage> Write(
        LedgerFacts facts, Transfer transfer, IReadOnlyDictionary<string, Account> accounts, IReadOnlyList<StaffMember> staff)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(transfer);
        var status = Enum.Parse<TransferStatus>(facts.Status);
        var at = facts.Settles ? transfer.ChangedAt : transfer.CreatedAt;
        var amount = Text(transfer.Amount);
        var link = "/transactions/details/" + Uri.EscapeDataString(transfer.Id);
        var messages = new List<InboxMessage>();
        switch (status)
        {
            case TransferStatus.Posted:
                Posted();
                break;
            case TransferStatus.Held:
                Tell(
                    transfer.DebitOwnerId,
                    AlertKind.Checked,
                    "Transfer being checked",
                    $"Your transfer of {amount} to {transfer.CreditLabel} is being checked and has not been paid yet. The amount is reserved.");
                TellStaff(BankRoles.Analyst, "held", "Transfer held", $"A transfer of {amount} waits for a decision.", "/fraud/queue");
                break;
            case TransferStatus.Rejected:
                Tell(
                    transfer.DebitOwnerId,
                    AlertKind.Checked,
                    "Transfer not carried out",
                    $"Your transfer of {amount} to {transfer.CreditLabel} was not carried out. The amount is available again.");
                break;
        }

        return messages;

        void Posted()
        {
            if (transfer.IsBetweenOwnAccounts)
            {
                Tell(
                    transfer.DebitOwnerId,
                    AlertKind.Payment,
                    "Transfer between your accounts",
                    $"{amount} moved from {transfer.DebitLabel} to {transfer.CreditLabel}.");
            }
            else
            {
                var debitKind = facts.Settles ? AlertKind.Checked : IsLarge(rules.HighValue) ? AlertKind.HighValue : AlertKind.Payment;
                var creditKind = IsLarge(rules.LargeIncoming) ? AlertKind.HighValue : AlertKind.Incoming;
                Tell(
                    transfer.DebitOwnerId,
                    debitKind,
                    DebitTitle(),
                    $"{amount} {DebitText()}.{BalanceText(transfer.DebitAccountId, facts.DebitAfter)}");
                Tell(
                    transfer.CreditOwnerId,
                    creditKind,
                    CreditTitle(),
                    $"{amount} {CreditText()}.{BalanceText(transfer.CreditAccountId, facts.CreditAfter)}");
            }

            Low();
            if (transfer.Amount.Amount < rules.HighValue || transfer.Kind.IsBooking())
            {
                return;
            }

            TellStaff(BankRoles.Compliance, "high", "High-value transaction", $"A movement of {amount} was posted.", null);
            if (facts.HighValues >= rules.SuspiciousCount)
            {
                var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                TellStaff(
                    BankRoles.Compliance,
                    $"suspicious.{transfer.DebitAccountId}.{transfer.CreditAccountId}.{day}",
                    "Suspicious activity",
                    $"{facts.HighValues.ToString(CultureInfo.InvariantCulture)} high-value movements on an account within 24 hours.",
                    "/fraud/cases",
                    ofTransfer: false);
            }
        }

        void Low()
        {
            if (facts.DebitAfter is not { } after || transfer.DebitOwnerId is null)
            {
                return;
            }

            var threshold = Common.Money.Of(rules.LowBalance, transfer.Amount.Currency).MinorUnits;
            if (after < threshold && after + transfer.Amount.MinorUnits >= threshold)
            {
                messages.Add(New(
                    DerivedId.From("low-balance", transfer.Id),
                    transfer.DebitOwnerId,
                    AlertKind.LowBalance,
                    at,
                    "Low balance",
                    $"The balance of {LabelOf(transfer.DebitAccountId)} is {Text(new Money(after, transfer.Amount.Currency))}.",
                    transfer.Reference,
                    "/account/details/" + Uri.EscapeDataString(transfer.DebitAccountId)));
            }
        }

        string DebitTitle() => transfer.Kind switch
        {
            TransferKind.Withdrawal => "Withdrawal",
            TransferKind.Fee => "Fee charged",
            TransferKind.Reversal => "Transaction reversed",
            _ => facts.Settles ? "Transfer completed" : transfer.Amount.Amount >= rules.HighValue ? "High-value payment sent" : "Payment sent",
        };

        string DebitText() => transfer.Kind switch
        {
            TransferKind.Withdrawal => $"taken out of {LabelOf(transfer.DebitAccountId)}",
            TransferKind.Fee => $"charged to {LabelOf(transfer.DebitAccountId)}",
            _ => $"sent to {transfer.CreditLabel} from {LabelOf(transfer.DebitAccountId)}",
        };

        string CreditTitle() => transfer.Kind switch
        {
            TransferKind.Deposit => "Deposit",
            TransferKind.Interest => "Interest paid",
            TransferKind.Reversal => "Transaction reversed",
            _ => transfer.Amount.Amount >= rules.LargeIncoming ? "Large amount received" : "Money received",
        };

        string CreditText() => transfer.Kind switch
        {
            TransferKind.Deposit => $"paid into {LabelOf(transfer.CreditAccountId)}",
            TransferKind.Interest => $"of interest paid into {LabelOf(transfer.CreditAccountId)}",
            _ => $"received from {transfer.DebitLabel} on {LabelOf(transfer.CreditAccountId)}",
        };

        string BalanceText(string accountId, long? after) => after is { } balance && accounts.ContainsKey(accountId)
            ? $" The balance is {Text(new Money(balance, transfer.Amount.Currency))}."
            : "";

        string LabelOf(string accountId) => accounts.TryGetValue(accountId, out var account) ? account.Label : "your account";

        bool IsLarge(decimal limit) => transfer.Amount.Amount >= limit && !transfer.Kind.IsBooking();

        void Tell(string? personId, AlertKind kind, string title, string text)
        {
            if (personId is not null)
            {
                var id = DerivedId.From("transfer", transfer.Id, facts.Status, title);
                messages.Add(New(id, personId, kind, at, title, text, transfer.Reference, link));
            }
        }

        void TellStaff(string role, string what, string title, string text, string? page, bool ofTransfer = true)
        {
            var id = ofTransfer ? DerivedId.From("staff", what, transfer.Id) : DerivedId.From("staff", what);
            var when = ofTransfer ? at : new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
            var recipients = staff.Where(member => member.Roles.Contains(role)).Select(member => member.UserId);
            foreach (var recipient in StaffTopics.OfRole(role) is { } staffTopic ? recipients.Append(staffTopic) : recipients)
            {
                messages.Add(New(id, recipient, AlertKind.Work, when, title, text, transfer.Reference, page));
            }
        }
    }

    private static InboxMessage New(
        string id, string personId, AlertKind kind, DateTimeOffset at, string title, string text, string reference, string? link) =>
        new(personId, id, kind.Describe().Topic, at, title, text, reference, link) { Kind = kind };

    // A link is shown as it is: only pages of the portal.
    private static string? Path(string? link) => link is ['/', not '/', ..] ? link : null;

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static string Text(Money money) =>
        money.Amount.ToString("N" + money.Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        + " " + money.Currency.Code;
}
