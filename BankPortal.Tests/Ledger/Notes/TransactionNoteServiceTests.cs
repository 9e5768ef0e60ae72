using BankPortal.Core.Ledger.Notes;

namespace BankPortal.Tests.Ledger.Notes;

[UnitTest]
public sealed class TransactionNoteServiceTests
{
    private readonly InMemoryBank _bank = new();
    private readonly InMemoryNotes _notes = new();
    private readonly InMemoryDocuments _documents = new();
    private readonly TransactionNoteService _service;
    private readonly Actor _ann;
    private readonly Actor _ben;

    public TransactionNoteServiceTests()
    {
        _service = new TransactionNoteService(_bank.Store, _notes, _documents, _bank.Time);
        _ann = _bank.Customer("ann", "Ann Smith");
        _ben = _bank.Customer("ben", "Ben Jones");
    }

    [Fact]
    public async Task Write_ANote_IsThereForItsCustomerOnly()
    {
        var id = await SendAsync();

        Assert.True((await _service.WriteAsync(_ann, id, "  Half of the\n taxi \u202E")).IsSuccess);

        Assert.Equal("Half of the\ntaxi", (await _service.ReadAsync(_ann, id)).Value.Text);
        Assert.Equal("", (await _service.ReadAsync(_ben, id)).Value.Text);
        Assert.True((await _service.WriteAsync(_ben, id, "From Ann")).IsSuccess);
        Assert.Equal("Half of the\ntaxi", (await _service.ReadAsync(_ann, id)).Value.Text);
        Assert.Equal("", (await _service.WriteAsync(_ann, id, " ")).Value.Text);
        Assert.Equal("note", (await _service.WriteAsync(_ann, id, new string('x', 501))).Error!.Field);
        var lines = Enumerable.Range(1, 21).Select(line => line.ToString(CultureInfo.InvariantCulture)).ToList();
        Assert.Equal("note", (await _service.WriteAsync(_ann, id, string.Join('\n', lines))).Error!.Field);
        Assert.Equal(
            string.Join('\n', lines[1..]), (await _service.WriteAsync(_ann, id, string.Join("\r\n", lines[1..]))).Value.Text);
    }

    [Fact]
    public async Task Any_StaffAndStrangers_AreRefusedAndNothingIsKept()
    {
        var id = await SendAsync();
        var eve = _bank.Customer("eve", "Eve");
        var staff = new Actor("ann", [BankRoles.Analyst]);

        foreach (var (actor, refusal) in new[] { (eve, typeof(NotFoundError)), (staff, typeof(NotAllowedError)) })
        {
            Assert.IsType(refusal, (await _service.WriteAsync(actor, id, "Hello")).Error);
            Assert.IsType(refusal, (await _service.AddReceiptAsync(actor, id, "a.pdf", SampleReceipts.Pdf)).Error);
            Assert.IsType(refusal, (await _service.RemoveReceiptAsync(actor, id, new string('a', 32))).Error);
            Assert.IsType(refusal, (await _service.FindReceiptAsync(actor, id, new string('a', 32))).Error);
        }

        Assert.IsType<NotAllowedError>((await _service.ReadAsync(staff, id)).Error);
        Assert.IsType<NotFoundError>((await _service.ReadAsync(_ann, "../../etc")).Error);
        Assert.IsType<NotFoundError>((await _service.WriteAsync(_ann, DerivedId.Random(), "Hello")).Error);
        Assert.Empty(_documents.Keys);
    }

    [Fact]
    public async Task AddReceipt_EachType_IsToldByContentNotByName()
    {
        var id = await SendAsync();

        foreach (var (content, ending) in new[]
        {
            (SampleReceipts.Pdf, ".pdf"), (SampleReceipts.Jpeg, ".jpg"), (SampleReceipts.Png, ".png"), (SampleReceipts.WebP, ".webp"),
        })
        {
            var note = (await _service.AddReceiptAsync(_ann, id, @"C:\fake\..\taxi.html", content)).Value;
            Assert.Equal("taxi" + ending, note.Receipts[^1].Name);
            var file = (await _service.FindReceiptAsync(_ann, id, note.Receipts[^1].Id)).Value;
            Assert.Equal(content, file.Content.ToArray());
        }

        Assert.Equal("receipt", (await _service.AddReceiptAsync(_ann, id, "good.pdf", "<html><script>"u8.ToArray())).Error!.Field);
        Assert.Equal("receipt", (await _service.AddReceiptAsync(_ann, id, "good.pdf", Array.Empty<byte>())).Error!.Field);
        Assert.Equal("receipt", (await _service.AddReceiptAsync(_ann, id, "good.pdf", "RIFF1234WAVE"u8.ToArray())).Error!.Field);
        var large = new byte[TransactionNoteService.MaxReceiptSize + 1];
        SampleReceipts.Pdf.CopyTo(large, 0);
        Assert.Contains("5 MB", (await _service.AddReceiptAsync(_ann, id, "large.pdf", large)).Error!.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await _service.ReadAsync(_ann, id)).Value.Receipts.Length);
    }

    [Theory]
    [InlineData("", "receipt.pdf")]
    [InlineData("../../../", "receipt.pdf")]
    [InlineData("\u202Egpj.exe", "gpj.pdf")]
    [InlineData("a\"b;c<d>.pdf", "abcd.pdf")]
    [InlineData("Café – März.PDF", "Café – März.pdf")]
    [InlineData("...", "receipt.pdf")]
    public async Task AddReceipt_OddName_IsMadeHarmless(string name, string expected)
    {
        var id = await SendAsync();

        Assert.Equal(expected, (await _service.AddReceiptAsync(_ann, id, name, SampleReceipts.Pdf)).Value.Receipts[0].Name);
    }

    [Fact]
    public async Task AddReceipt_TwiceOrTooMany_IsOneOrRefused()
    {
        var id = await SendAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _service.AddReceiptAsync(_ann, id, "a.pdf", SampleReceipts.Pdf)));
        Assert.Single((await _service.ReadAsync(_ann, id)).Value.Receipts);
        for (byte i = 0; i < 4; i++)
        {
            Assert.True((await _service.AddReceiptAsync(_ann, id, "b.pdf", (byte[])[.. SampleReceipts.Pdf, i])).IsSuccess);
        }

        var kept = _documents.Keys.Count;
        Assert.Contains("five", (await _service.AddReceiptAsync(_ann, id, "c.pdf", SampleReceipts.Png)).Error!.Message, StringComparison.Ordinal);
        Assert.Equal(kept, _documents.Keys.Count);
    }

    [Fact]
    public async Task RemoveReceipt_OfOneParty_LeavesTheOthers()
    {
        var id = await SendAsync();
        var receipt = (await _service.AddReceiptAsync(_ann, id, "a.pdf", SampleReceipts.Pdf)).Value.Receipts[0];
        Assert.True((await _service.AddReceiptAsync(_ben, id, "b.pdf", SampleReceipts.Pdf)).IsSuccess);

        Assert.Empty((await _service.RemoveReceiptAsync(_ann, id, receipt.Id)).Value.Receipts);
        Assert.True((await _service.RemoveReceiptAsync(_ann, id, "../" + receipt.Id)).IsSuccess);

        Assert.IsType<NotFoundError>((await _service.FindReceiptAsync(_ann, id, receipt.Id)).Error);
        Assert.Equal("b.pdf", (await _service.FindReceiptAsync(_ben, id, receipt.Id)).Value.Receipt.Name);
    }

    [Fact]
    public async Task Change_SomebodyWasFaster_KeepsBoth()
    {
        var id = await SendAsync();
        _notes.BeforeNextWrite = () => _service.WriteAsync(_ann, id, "Taxi");

        var note = (await _service.AddReceiptAsync(_ann, id, "a.pdf", SampleReceipts.Pdf)).Value;

        Assert.Equal(("Taxi", 1), (note.Text, note.Receipts.Length));
    }

    private async Task<string> SendAsync()
    {
        var from = await _bank.OpenAsync(_ann, 100);
        var to = await _bank.OpenAsync(_ben);
        var request = new TransferRequest(
            _bank.NextKey(), from.Id, new TransferTarget.Someone(to.Number.Digits, "Ben Jones"), Money.Of(20, from.Currency), "Taxi");
        var review = (await _bank.Transfers.ReviewAsync(_ann, request)).Value;
        return (await _bank.Transfers.SendAsync(_ann, review, false)).Value.Id;
    }
}
