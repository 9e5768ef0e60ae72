using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Import;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Performance;

namespace BankPortal.Tests.Journeys;

/// <summary>Loans, from the application to the figures.</summary>
public sealed class LoanJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Loan_AppliedForAndDecidedByAManager_IsPaidOut() => WalkAsync(async journey =>
    {
        var (grace, person, _) = await journey.PayerAsync("Grace Hopper", 300, "Jean Bartik");
        await grace.FollowMenuAsync("Loans");
        await grace.FollowAsync("Calculate: Personal loan");
        await grace.FillAsync("Amount", "10000");
        await grace.FillAsync("Number of monthly instalments", "12");
        await grace.PressAsync("Continue");
        await grace.SeesHeadingAsync("Check before you sign");
        await grace.PressAsync("Sign this loan");
        await grace.ProveAsync(person, "Sign this loan");
        await grace.SeesHeadingAsync("Check before you sign");
        await grace.FitsAndIsAccessibleAsync(1280, "loan review");
        await grace.PressAsync("Hand in the application");
        await grace.SeesAsync("We are looking at your application");

        // The customer's side has no way to the bank's.
        var loan = grace.Page.Url[(grace.Page.Url.LastIndexOf('/') + 1)..];
        await grace.HasNoAccessAsync("/lending", "/lending/book", "/lending/book/" + loan, "/lending/products", "/lending/performance");

        var mira = await journey.ManagerAsync("Mira Manager");
        await mira.GoAsync("/lending");
        await mira.FollowAsync("Grace Hopper");
        await mira.FitsAndIsAccessibleAsync(1280, "loan file");
        await mira.PressAsync("Grant the loan…");
        await mira.FillAsync("Reason", "Income is enough");
        await mira.PressAsync("Approve");
        await Expect(mira.Main.GetByText("Being repaid").First).ToBeVisibleAsync();

        await grace.GoAsync("/account/dashboard");
        await grace.HasInTotalAsync(300 + 10_000 - 100);
        await grace.GoAsync("/loans/" + loan);
        await grace.SeesHeadingAsync("Repay more");
    });

    [Fact]
    public Task Instalment_NotPaid_IsSeenByTheCustomerAndInEveryFigure() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Ada Lovelace", authenticator: true);
        T Of<T>()
            where T : notnull => Portal.Services.GetRequiredService<T>();
        var ct = TestContext.Current.CancellationToken;
        var account = (await Of<IAccountStore>().FindAsync(person.AccountId, ct))!;
        var product = (await Of<LoanProductService>().FindAsync("personal", ct))!;
        var taken = await Of<LoanImportService>().TakeOverAsync(
            "journey",
            new LoanToTakeOver(
                person.UserId, account, product, Of<LendingClock>().Today.AddMonths(-3), Money.Of(3_000, account.Currency), 12, 1, null),
            ct);
        await Of<LoanRunner>().RunAsync(taken.Value.Id, ct);
        await Of<LoanBookCloser>().CatchUpAsync(ct);

        var ada = await journey.OpenBrowserAsync("Ada");
        await ada.SignInAsync(person);
        await ada.GoAsync("/loans/" + taken.Value.Id);
        await ada.SeesHeadingAsync("Pay what is due");
        await ada.FitsAndIsAccessibleAsync(1280, "late loan");

        var mira = await journey.ManagerAsync("Mia Manager");
        await mira.GoAsync("/lending/book?bucket=Days30To59");
        await mira.SeesAsync("Ada Lovelace");
        await mira.FitsAndIsAccessibleAsync(1280, "loan book");
        await mira.GoAsync("/lending/performance");
        await mira.SeesHeadingAsync("By how late they are");
        await Expect(mira.Main.GetByRole(AriaRole.Row).Filter(new() { HasText = "30–59 days" }).First).ToContainTextAsync("$");
        await mira.FitsAndIsAccessibleAsync(1280, "loan performance");
    });
}
