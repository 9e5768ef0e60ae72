using BankPortal.Core.Ledger.Notes;

namespace BankPortal.Tests.Ledger.Notes;

/// <summary>The download of receipts: how they are served, and to whom.</summary>
[EngineTest]
public sealed class ReceiptDownloadTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Download_OwnReceipt_IsAnAttachmentThatNobodyKeepsOrGuesses()
    {
        var (http, user) = await SignInAsync();
        var (id, receipt) = await AddAsync(user);

        var response = await http.GetAsync($"/transactions/{id}/receipts/{receipt.Id}", Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Café.png", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(SampleReceipts.Png, await response.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task Download_ReceiptOfSomebodyElse_IsNotFound()
    {
        var (_, user) = await SignInAsync();
        var (other, _) = await SignInAsync();
        var (id, receipt) = await AddAsync(user);

        foreach (var path in new[] { $"{id}/receipts/{receipt.Id}", $"{id}/receipts/none", $"x/receipts/{receipt.Id}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/transactions/" + path, Ct)).StatusCode);
        }

        var nobody = await portal.NewBrowser().Http.GetAsync($"/transactions/{id}/receipts/{receipt.Id}", Ct);
        Assert.Equal(HttpStatusCode.Redirect, nobody.StatusCode);
    }

    private async Task<(HttpClient Http, string User)> SignInAsync()
    {
        var email = AuthPortal.NewEmail("receipt");
        var user = await portal.CreateUserAsync(email);
        var browser = portal.NewBrowser();
        await (await browser.GetAsync("/auth/login")).SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        return (browser.Http, user.Id);
    }

    private async Task<(string TransferId, Receipt Receipt)> AddAsync(string userId)
    {
        var services = portal.Host.Services;
        var account = (await services.GetRequiredService<AccountService>().EnsureFirstAccountAsync(userId, Ct)).Value;
        var posted = await services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = "receipt " + userId,
                Kind = TransferKind.Salary,
                DebitAccountId = GeneralLedger.Clearing(account.Currency),
                CreditAccountId = account.Id,
                Amount = Money.Of(50, account.Currency),
            },
            Ct);
        var note = await services.GetRequiredService<TransactionNoteService>().AddReceiptAsync(
            Actor.Customer(userId), posted.Value.Id, "Café.exe", SampleReceipts.Png, Ct);
        return (posted.Value.Id, note.Value.Receipts[0]);
    }
}
