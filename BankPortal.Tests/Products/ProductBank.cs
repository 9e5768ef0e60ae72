using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Tests.Products;

/// <summary>A bank in memory whose accounts earn interest and cost fees.</summary>
internal sealed class ProductBank
{
    public static readonly Actor Manager = StaffActors.Fresh("manager", BankRoles.Manager);
    public static readonly Actor Second = StaffActors.Fresh("second", BankRoles.Manager);

    public ProductBank(ProductOptions options, DateTimeOffset start, string zone = "UTC")
    {
        Options = options;
        options.From ??= DateOnly.FromDateTime(start.UtcDateTime);
        Bank = new InMemoryBank(new LedgerOptions { TimeZone = zone }, time: new ManualTime(start));
        Terms = new TermsService(
            TermsStore, options, Bank.Rules, Bank.Audit.NewTrail(Bank.Time), Bank.Conflicts, Bank.StepUp, Bank.Time);
        Days = new AccountDayService(DayStore, Bank.Store, Bank.Rules, NullLogger<AccountDayService>.Instance);
        Service = new BookingService(
            Bookings, Terms, Days, Bank.Store, Bank.Ledger, Bank.Rules, options, Bank.Time, Log);
        Accounts = new AccountService(
            Bank.Store, Bank.AccountOptions, Bank.Audit.NewTrail(Bank.Time), Bank.Conflicts, Bank.StepUp, Bank.Time,
            new ClosingInterest(Service));
        View = new ProductView(Accounts, Terms, Service, Days);
    }

    public ListLogger<BookingService> Log { get; } = new();

    public ProductOptions Options { get; }

    public InMemoryBank Bank { get; }

    public InMemoryTerms TermsStore { get; } = new();

    public InMemoryBookings Bookings { get; } = new();

    public InMemoryAccountDays DayStore { get; } = new();

    public AccountDayService Days { get; }

    public TermsService Terms { get; }

    public BookingService Service { get; }

    public AccountService Accounts { get; }

    public ProductView View { get; }

    public static ProductBank Saving(decimal rate, DateTimeOffset start, DayCount dayCount = DayCount.Actual365, string zone = "UTC") =>
        new(new ProductOptions { Savings = new ConfiguredTerms { Rate = rate, DayCount = dayCount } }, start, zone);

    public Task<Account> OpenAsync(decimal balance = 0, AccountType type = AccountType.Savings) =>
        Bank.OpenAsync(Bank.Customer("ava", "Ava Chen"), balance, type);

    /// <summary>Moves the clock, which only runs forward.</summary>
    public void GoTo(DateTimeOffset at) => Bank.Time.Advance(at - Bank.Time.GetUtcNow());

    public void GoTo(int year, int month, int day, int hour = 12) => GoTo(new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero));

    public async Task<int> BookAsync(Account account) =>
        await Service.BookAsync(await Bank.FindAsync(account), await Terms.ReadAsync(account.Type));

    public async Task<IReadOnlyList<Entry>> EntriesAsync(Account account, TransferKind kind) =>
        [.. (await Bank.Store.ReadEntriesAsync(new EntryQuery(account.Id, 10_000, NewestFirst: false))).Where(entry => entry.Kind == kind)];

    /// <summary>Proposes terms as one manager and approves them as another.</summary>
    public async Task<TermsVersion> ChangeAsync(AccountType product, ProductTerms terms, DateOnly from, string reason = "Rates changed")
    {
        var proposed = await Terms.ProposeAsync(Manager, new TermsProposal(product, terms, from, from < Terms.Today, reason));
        Assert.True(proposed.IsSuccess, proposed.Error?.Message);
        var approved = await Terms.ApproveAsync(Second, product, proposed.Value.Number, "Checked");
        Assert.True(approved.IsSuccess, approved.Error?.Message);
        return approved.Value;
    }

    public static ProductTerms Rate(decimal rate, DayCount dayCount = DayCount.Actual365) =>
        new(dayCount, [new RateTier(0, rate)], FeeTerms.None);
}
