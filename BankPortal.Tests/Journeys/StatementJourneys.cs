using System.Text;
using System.Xml.Linq;
using BankPortal.Core.Statements;
using BankPortal.Infrastructure.Statements.Formats;
using MiniExcelLibs;
using PdfSharp.Pdf.IO;

namespace BankPortal.Tests.Journeys;

/// <summary>A customer finds a statement, reads it, and downloads it in every format; each file opens and says the same.</summary>
public sealed class StatementJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Statement_OfLastMonth_DownloadsInEveryFormatAndOpens() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Luca Pacioli");
        var period = StatementPeriod.Month(Portal.Today.AddMonths(-1).Year, Portal.Today.AddMonths(-1).Month);
        await PostAsync(person, 500, "Wages", TransferKind.Salary, period.From, 10);
        await PostAsync(person, 4.50m, "Coffee", TransferKind.Purchase, period.From.AddDays(3), 10);
        await PostAsync(person, 4.50m, "Coffee", TransferKind.Purchase, period.From.AddDays(3), 11);
        await Portal.PayInAsync(person, 7, "This month");

        var luca = await journey.SignInAsync(person);
        await luca.FollowMenuAsync("Statements");
        await luca.SeesHeadingAsync("Statements");
        if (period.To.Year != Portal.Today.Year)
        {
            await luca.FollowAsync(period.To.Year.ToString(CultureInfo.InvariantCulture));
        }

        await luca.ChooseAsync("File format", "QIF, for Quicken");
        var title = StatementText.Title(period);
        Assert.Contains("P", await DownloadAsync($"Download {title} as QIF"), StringComparison.Ordinal);
        await luca.FollowAsync(title);
        await luca.SeesHeadingAsync(title);
        await luca.SeesAsync("Closing balance");
        await Expect(luca.Main.GetByRole(AriaRole.Row)).ToHaveCountAsync(6);

        var pdf = await DownloadBytesAsync("PDF");
        using (var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Import))
        {
            Assert.Equal(1, document.PageCount);
            Assert.Contains(title, document.Info.Title, StringComparison.Ordinal);
        }

        var csv = (await DownloadAsync("CSV")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, csv.Length);
        Assert.Contains(",-4.50,USD,491.00,", csv[^1], StringComparison.Ordinal);

        using (var workbook = new MemoryStream(await DownloadBytesAsync("XLSX")))
        {
            var rows = MiniExcel.Query(workbook, useHeaderRow: true, sheetName: "Movements").Cast<IDictionary<string, object>>().ToList();
            Assert.Equal(491m, Convert.ToDecimal(rows[^1]["Balance"], CultureInfo.InvariantCulture));
            Assert.Equal(3, rows.Count);
        }

        var ofx = XDocument.Parse(await DownloadAsync("OFX"));
        Assert.Equal("491.00", ofx.Descendants("BALAMT").Single().Value);
        Assert.Equal(3, ofx.Descendants("FITID").Select(id => id.Value).Distinct(StringComparer.Ordinal).Count());

        Assert.Contains("\r\n$491.00\r\n", await DownloadAsync("QIF"), StringComparison.Ordinal);

        var camt = XDocument.Parse(await DownloadAsync("CAMT.053"));
        XNamespace ns = CamtStatementWriter.Namespace;
        Assert.Equal(["0.00", "491.00"], camt.Descendants(ns + "Bal").Select(balance => balance.Element(ns + "Amt")!.Value));

        Assert.Matches(":62F:C[0-9]{6}USD491,00\r\n-\r\n$", await DownloadAsync("MT940"));

        // The same file again has the same bytes.
        Assert.Equal(pdf, await DownloadBytesAsync("PDF"));

        async Task<string> DownloadAsync(string link) => Encoding.UTF8.GetString(await DownloadBytesAsync(link)).TrimStart('\uFEFF');

        async Task<byte[]> DownloadBytesAsync(string link)
        {
            var download = await luca.Page.RunAndWaitForDownloadAsync(
                () => luca.Main.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
            Assert.StartsWith("statement-", download.SuggestedFilename, StringComparison.Ordinal);
            return await File.ReadAllBytesAsync(await download.PathAsync());
        }
    });

    [Fact]
    public Task Statement_OfOwnDays_IsCheckedAndShown() => WalkAsync(async journey =>
    {
        var today = Portal.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (nora, person) = await journey.CustomerAsync("Nora Days", balance: 25);
        await nora.GoAsync($"/account/details/{person.AccountId}");
        await nora.FollowAsync("By month, quarter, year or your own days");
        await nora.SeesHeadingAsync("Statements");

        await nora.PressAsync("Show");
        await nora.SeesAsync("Enter the first day.");
        await nora.FillAsync("First day", today);
        await nora.FillAsync("Last day", Portal.Today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await nora.PressAsync("Show");
        await nora.SeesAsync("The last day is before the first day.");
        await Expect(nora.Field("Last day")).ToHaveAttributeAsync("aria-invalid", "true");
        await nora.FillAsync("Last day", today);
        await nora.Field("Last day").PressAsync("Tab");
        await nora.PressAsync("Show");

        await nora.IsAtAsync($"/statements/{person.AccountId}/{today}_{today}");
        await nora.SeesAsync("Provisional.");
        await nora.SeesAsync("Opening deposit");
    });

    private async Task PostAsync(Person person, decimal amount, string description, TransferKind kind, DateOnly day, int hour)
    {
        var bank = GeneralLedger.Clearing(Currency.Usd);
        var isOut = kind == TransferKind.Purchase;
        var result = await Portal.Services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = Guid.NewGuid().ToString("N"),
                Kind = kind,
                DebitAccountId = isOut ? person.AccountId : bank,
                CreditAccountId = isOut ? bank : person.AccountId,
                Amount = Money.Of(amount, Currency.Usd),
                Description = description,
                DuplicateConfirmed = true,
                At = Portal.Services.GetRequiredService<LedgerRules>().StartOf(day).AddHours(hour),
            },
            TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Error?.Message);
    }
}
