using BankPortal.Core.Ledger.Notes;
using Microsoft.AspNetCore.Components.Forms;

namespace BankPortal.Web.Features.Ledger.Notes;

/// <summary>Shows and changes what a customer keeps with a transaction.</summary>
public sealed partial class TransactionNoteCard
{
    private readonly CancellationTokenSource _gone = new();
    private TransactionNote? _note;
    private Error? _problem;
    private string _text = "";
    private string? _adding;
    private string? _read;
    private bool _busy;
    private Task<bool> _change = Task.FromResult(true);
    private int _fileKey;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required TransactionNoteService Notes { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required ILogger<TransactionNoteCard> Logger { get; init; }

    /// <summary>The transaction, which the customer is a party to.</summary>
    [Parameter, EditorRequired] public string TransferId { get; set; } = "";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == TransferId)
        {
            return;
        }

        (_read, _note, _problem) = (TransferId, null, null);
        var read = TransferId;
        _problem = await PageAction.RunAsync(
            async () => await Notes.ReadAsync(await Actors.GetAsync(_gone.Token), read, _gone.Token),
            note =>
            {
                (_note, _text) = read == _read ? (note, note.Text) : (_note, _text);
                return Task.CompletedTask;
            },
            Logger,
            _gone.Token);
    }

    private static string NameOf(ReceiptType type) => type switch
    {
        ReceiptType.Pdf => "PDF",
        ReceiptType.Jpeg => "JPEG",
        ReceiptType.Png => "PNG",
        _ => "WebP",
    };

    private static string SizeOf(int bytes) => bytes >= 1024 * 1024
        ? (bytes / (1024m * 1024)).ToString("0.0", CultureInfo.CurrentCulture) + " MB"
        : Math.Max(1, bytes / 1024).ToString(CultureInfo.CurrentCulture) + " KB";

    private string? ErrorOf(string field) => _problem?.Field == field ? _problem.Message : null;

    private async Task SaveAsync()
    {
        if (await ChangeAsync(actor => Notes.WriteAsync(actor, TransferId, _text, _gone.Token)))
        {
            _text = _note!.Text;
            Toasts.Done(_text.Length == 0 ? "Note removed" : "Note saved");
        }
    }

    private async Task AddAsync(InputFileChangeEventArgs e)
    {
        if (e.FileCount != 1)
        {
            return;
        }

        if (e.File.Size > TransactionNoteService.MaxReceiptSize)
        {
            // Nothing of it is sent.
            _problem = new InvalidInputError("receipt", "This file is larger than 5 MB.");
            _fileKey++;
            return;
        }

        // A file that is chosen while the note is being saved waits for that instead of being dropped.
        _adding = e.File.Name;
        await _change;
        if (await ChangeAsync(async actor =>
        {
            var content = new MemoryStream((int)e.File.Size);
            await using (var stream = e.File.OpenReadStream(TransactionNoteService.MaxReceiptSize, _gone.Token))
            {
                await stream.CopyToAsync(content, _gone.Token);
            }

            return await Notes.AddReceiptAsync(
                actor, TransferId, e.File.Name, content.GetBuffer().AsMemory(0, (int)content.Length), _gone.Token);
        }))
        {
            Toasts.Done("Receipt added");
        }

        _adding = null;
        _fileKey++;
    }

    private async Task RemoveAsync(Receipt receipt)
    {
        if (await ChangeAsync(actor => Notes.RemoveReceiptAsync(actor, TransferId, receipt.Id, _gone.Token)))
        {
            Toasts.Done("Receipt removed");
        }
    }

    // A second click can arrive before the button is seen disabled.
    private Task<bool> ChangeAsync(Func<Actor, Task<Result<TransactionNote>>> change) =>
        _busy ? Task.FromResult(false) : _change = RunAsync(change);

    private async Task<bool> RunAsync(Func<Actor, Task<Result<TransactionNote>>> change)
    {
        (_busy, _problem) = (true, null);
        var done = false;
        _problem = await PageAction.RunAsync(
            async () => await change(await Actors.GetAsync(_gone.Token)),
            note =>
            {
                (_note, done) = (note, true);
                return Task.CompletedTask;
            },
            Logger,
            _gone.Token);
        _busy = false;
        return done;
    }
}
