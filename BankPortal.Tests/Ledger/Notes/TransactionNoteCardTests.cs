using BankPortal.Core.Ledger.Notes;
using BankPortal.Web.Features.Ledger.Transfers;
using Microsoft.AspNetCore.Components.Forms;

namespace BankPortal.Tests.Ledger.Notes;

public sealed class TransactionNoteCardTests : BankPageContext
{
    [Fact]
    public async Task Note_Saved_IsThereWhenThePageIsOpenedAgain()
    {
        var posted = await Bank.PostAsync(await Bank.OpenAsync(Ann, 100), -30, "Taxi", TransferKind.Purchase);
        var page = Open(posted);

        page.WaitForElement(".note-card textarea").Input("Shared with <b>Ben</b>\nHe pays in May");
        page.Find(".note-card form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Note saved", ToastTexts));
        Assert.Equal("Shared with <b>Ben</b>\nHe pays in May", Open(posted).WaitForElement(".note-card textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task Receipt_AddedAndRemoved_IsShownWithItsLink()
    {
        var posted = await Bank.PostAsync(await Bank.OpenAsync(Ann, 100), -30, "Taxi", TransferKind.Purchase);
        var page = Open(posted);
        page.WaitForElement(".note-card input[type=file]");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(SampleReceipts.Jpeg, "taxi.jpeg"));

        var link = page.WaitForElement(".receipts a");
        Assert.Equal("taxi.jpg", link.TextContent);
        Assert.StartsWith($"/transactions/{posted.Id}/receipts/", link.GetAttribute("href"), StringComparison.Ordinal);
        page.Find(".receipts button").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".receipts")));
    }

    [Fact]
    public async Task Receipt_OfAnotherType_IsRefusedAtTheField()
    {
        var posted = await Bank.PostAsync(await Bank.OpenAsync(Ann, 100), -30, "Taxi", TransferKind.Purchase);
        var page = Open(posted);
        page.WaitForElement(".note-card input[type=file]");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("<html>", "taxi.pdf"));

        page.WaitForAssertion(() => Assert.Contains("not a PDF, JPEG, PNG or WebP", page.Find(".note-card [role=alert]").TextContent));
        Assert.Empty((await Services.GetRequiredService<TransactionNoteService>().ReadAsync(Ann, posted.Id)).Value.Receipts);
    }

    private IRenderedComponent<TransactionPage> Open(Transfer posted) => Render<TransactionPage>(p => p.Add(c => c.Id, posted.Id));
}
