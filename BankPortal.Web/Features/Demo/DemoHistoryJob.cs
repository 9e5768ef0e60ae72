using System.Collections.Concurrent;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Ledger.Import;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Demo;

/// <summary>
/// Loads the history of the demo customers without a sign-in while the portal is open: a week in each step, the oldest first, through the
/// same services as everything else. A step that is repeated finds what it has done by its keys, so loading goes on after a restart. A bank
/// in which days are closed already gets no such history. The last day is kept in the cursor: loading that goes on tomorrow makes the same
/// history.
/// </summary>
internal sealed partial class DemoHistoryJob(
    IServiceScopeFactory scopes,
    AccountService accounts,
    LedgerService ledger,
    IClosedDays closedDays,
    LedgerRules rules,
    DemoOptions options,
    TimeProvider time,
    ILogger<DemoHistoryJob> logger) : IBankJob
{
    /// <summary>The job's name.</summary>
    public const string JobName = "demo-history";

    private const string SavingsKey = "demo-savings";
    private const int DaysInStep = 7;

    // People's requests keep most of the processors and of the database.
    private const double Share = 0.7;

    // Found by their addresses once in each process.
    private readonly ConcurrentDictionary<string, string> _userIds = new(StringComparer.Ordinal);
    private DemoHistory? _history;

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.DailyAt(TimeOnly.MinValue);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.LastSuccessDue is not null)
        {
            return JobStep.Done("Loaded before.");
        }

        if (context.Cursor is null)
        {
            return await BeginAsync(ct);
        }

        var place = Place.Parse(context.Cursor);
        var history = HistoryTo(place.Last);
        var end = place.Next.AddDays(DaysInStep);
        end = end < history.Last ? end : history.Last;
        await OpenAsync(history.Members.Where(member => member.Joined >= place.Next && member.Joined < end), ct);
        var orders = new List<TransferOrder>();
        foreach (var posting in history.Postings.Where(posting => IsIn(posting.At)))
        {
            orders.Add(await OrderOfAsync(posting));
        }

        var refused = await PostAsync(orders, ct);
        await CloseAsync(history.Members.Where(member => member.Left >= place.Next && member.Left < end), ct);
        place = place with { Next = end, Posted = place.Posted + orders.Count - refused, Refused = place.Refused + refused };
        if (end < history.Last)
        {
            return JobStep.More(place.ToString(), Days(history.First, end), Days(history.First, history.Last));
        }

        return JobStep.Done(string.Create(
            CultureInfo.InvariantCulture,
            $"{history.Members.Length} customers, {place.Posted} movements, {place.Refused} refused"));

        bool IsIn(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) is var day && day >= place.Next && day < end;
    }

    /// <summary>Whether an order was neither carried out nor refused by a rule: it is sent again.</summary>
    internal static bool IsWithoutAnswer(Result<Transfer> answer) =>
        answer.Error is BusyError or LedgerUnreachableError or OutcomeUnknownError;

    private static int Days(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber;

    private async Task<JobStep> BeginAsync(CancellationToken ct)
    {
        if (options.HistoryDays == 0)
        {
            return JobStep.Done("Switched off by Demo:HistoryDays.");
        }

        if (await closedDays.FindClosedToAsync(ct) is not null)
        {
            return JobStep.Done("Days of this bank are closed already, so nothing is dated into them.");
        }

        var history = HistoryTo(rules.DayOf(time.GetUtcNow()));
        return JobStep.More(new Place(history.Last, history.First, 0, 0).ToString(), 0, Days(history.First, history.Last));
    }

    private DemoHistory HistoryTo(DateOnly last)
    {
        var history = _history;
        return history?.Last == last ? history : _history = DemoHistory.Of(last, Math.Max(1, options.HistoryDays));
    }

    private async Task OpenAsync(IEnumerable<DemoMember> joining, CancellationToken ct)
    {
        foreach (var member in joining)
        {
            var owner = await OwnerAsync(member.Customer, member.OpenedAt);
            await OpenAsync(owner, AccountService.FirstAccountKey, AccountType.Checking, member.OpenedAt, ct);
            if (member.Customer.HasSavings)
            {
                await OpenAsync(owner, SavingsKey, AccountType.Savings, member.OpenedAt.AddMinutes(1), ct);
            }
        }
    }

    private async Task OpenAsync(string owner, string key, AccountType type, DateTimeOffset at, CancellationToken ct)
    {
        var opened = await accounts.OpenForAsync(Actor.System, owner, new OpenAccount(key, type), null, at, ct);
        if (!opened.IsSuccess)
        {
            throw new InvalidOperationException($"A demo account could not be opened: {opened.Error.Code}.");
        }
    }

    // Without a password nobody can sign in as them.
    private async Task<string> OwnerAsync(DemoCustomer customer, DateTimeOffset? joined = null)
    {
        if (_userIds.TryGetValue(customer.Email, out var known))
        {
            return known;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = await users.FindByEmailAsync(customer.Email);
        if (user is null)
        {
            user = new BankUser
            {
                UserName = customer.Email,
                Email = customer.Email,
                EmailConfirmed = true,
                FullName = customer.Name,
                CreatedAt = joined ?? time.GetUtcNow(),
            };
            user.Roles.Add(BankRoles.Customer);
            var created = await users.CreateAsync(user);
            if (!created.Succeeded)
            {
                throw new InvalidOperationException(
                    "A demo customer could not be made: " + string.Join(" ", created.Errors.Select(error => error.Description)));
            }
        }

        return _userIds[customer.Email] = user.Id;
    }

    private async Task<string> AccountIdAsync(DemoAccount account) =>
        AccountService.IdOf(await OwnerAsync(account.Customer), account.IsSavings ? SavingsKey : AccountService.FirstAccountKey);

    private async Task<TransferOrder> OrderOfAsync(DemoPosting posting)
    {
        var currency = accounts.DefaultCurrency;
        var outside = posting.Kind == TransferKind.Transfer ? "" : GeneralLedger.Opposite(posting.Kind, currency);
        return new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"demo-history-{posting.Number}"),
            Kind = posting.Kind,
            DebitAccountId = posting.From is { } from ? await AccountIdAsync(from) : outside,
            CreditAccountId = posting.To is { } to ? await AccountIdAsync(to) : outside,
            Amount = Money.Of(posting.Amount, currency),
            Description = posting.Description,
            DebitName = posting.From?.Customer.Name ?? posting.Outside,
            CreditName = posting.To?.Customer.Name ?? posting.Outside,
            At = posting.At,
        };
    }

    // Gives back how many were refused: an account that somebody has paid into meanwhile takes nothing of before.
    private async Task<int> PostAsync(List<TransferOrder> orders, CancellationToken ct)
    {
        var share = new WorkShare(Share, time);
        var refused = 0;
        foreach (var some in orders.Chunk(LedgerService.MaxOrdersInCommit))
        {
            var answers = await ledger.ExecuteInOrderAsync(some, ct);
            if (answers.Count < some.Length || answers.Any(IsWithoutAnswer))
            {
                throw new InvalidOperationException("The ledger did not answer; the step is repeated.");
            }

            foreach (var (order, answer) in some.Zip(answers).Where(pair => !pair.Second.IsSuccess))
            {
                refused++;
                MovementRefused(logger, order.IdempotencyKey, answer.Error!.Code);
            }

            await share.RestAsync(ct);
        }

        return refused;
    }

    private async Task CloseAsync(IEnumerable<DemoMember> leaving, CancellationToken ct)
    {
        foreach (var member in leaving)
        {
            foreach (var isSavings in member.Customer.HasSavings ? new[] { true, false } : [false])
            {
                var id = await AccountIdAsync(new DemoAccount(member.Customer, isSavings));
                var closed = await accounts.CloseForAsync(Actor.System, id, member.ClosedAt!.Value, ct);
                if (!closed.IsSuccess)
                {
                    NotClosed(logger, id, closed.Error.Code);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo movement {Key} was refused: {Reason}")]
    private static partial void MovementRefused(ILogger logger, string key, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo account {AccountId} was not closed: {Reason}")]
    private static partial void NotClosed(ILogger logger, string accountId, string reason);

    // The day after the history, the first day of the next step, and what was posted so far.
    private sealed record Place(DateOnly Last, DateOnly Next, int Posted, int Refused)
    {
        public static Place Parse(string text)
        {
            var parts = text.Split('/');
            return new Place(
                DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                int.Parse(parts[2], CultureInfo.InvariantCulture),
                int.Parse(parts[3], CultureInfo.InvariantCulture));
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Last:yyyy-MM-dd}/{Next:yyyy-MM-dd}/{Posted}/{Refused}");
    }
}
