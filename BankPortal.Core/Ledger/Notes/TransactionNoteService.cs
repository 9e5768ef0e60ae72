using System.Security.Cryptography;
using BankPortal.Core.Common.Documents;

namespace BankPortal.Core.Ledger.Notes;

/// <summary>
/// Keeps a customer's notes and receipts on their own transactions. Notes are found by the customer's id, so nobody finds another one's;
/// changes need the actor to be a party to the transaction. Thread-safe.
/// </summary>
public sealed class TransactionNoteService(
    ILedgerStore ledger, ITransactionNoteStore notes, IDocumentStore documents, TimeProvider time)
{
    /// <summary>The largest receipt, in bytes.</summary>
    public const int MaxReceiptSize = 5 * 1024 * 1024;

    private const int MaxNameLength = 80;
    private const int MaxTries = 5;
    private const string ReceiptField = "receipt";

    /// <summary>Reads the note on a transaction; an empty one when there is none. One round trip.</summary>
    public async Task<Result<TransactionNote>> ReadAsync(Actor actor, string transferId, CancellationToken ct = default) =>
        !actor.Is(BankRoles.Customer) ? new NotAllowedError()
        : !DerivedId.IsWellFormed(transferId) ? new NotFoundError("transaction")
        : await notes.ReadNoteAsync(actor.UserId, transferId, ct);

    /// <summary>Sets the note's text, which may have several lines; an empty one removes it.</summary>
    public Task<Result<TransactionNote>> WriteAsync(Actor actor, string transferId, string? text, CancellationToken ct = default)
    {
        var clean = TextInput.CleanLines(text);
        return clean.Length > TransactionNote.MaxLength
            ? Task.FromResult<Result<TransactionNote>>(new InvalidInputError("note", "Enter at most 500 characters."))
            : clean.Count(c => c == '\n') >= TransactionNote.MaxLines
            ? Task.FromResult<Result<TransactionNote>>(new InvalidInputError("note", "Enter at most 20 lines."))
            : ChangeAsync(actor, transferId, note => note with { Text = clean }, ct);
    }

    /// <summary>Adds a receipt. The same file twice is one receipt.</summary>
    /// <param name="actor">The customer, a party to the transaction.</param>
    /// <param name="transferId">The transaction.</param>
    /// <param name="name">What the file was called. Decides nothing.</param>
    /// <param name="content">The bytes, whose beginning tells what it is.</param>
    /// <param name="ct">Cancels the work. What was kept then belongs to no note and cannot be reached.</param>
    public async Task<Result<TransactionNote>> AddReceiptAsync(
        Actor actor, string transferId, string? name, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        if (content.Length == 0)
        {
            return new InvalidInputError(ReceiptField, "This file is empty.");
        }

        if (content.Length > MaxReceiptSize)
        {
            return new InvalidInputError(ReceiptField, "This file is larger than 5 MB.");
        }

        if (ReceiptTypes.Of(content.Span) is not { } type)
        {
            return new InvalidInputError(ReceiptField, "This is not a PDF, JPEG, PNG or WebP file.");
        }

        if (await RefusalAsync(actor, transferId, ct) is { } refusal)
        {
            return refusal;
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(content.Span).AsSpan(0, 16));
        var receipt = new Receipt(id, NameOf(name, type), type, content.Length, time.GetUtcNow());

        // Checked before the file is kept, and again with the newest note.
        Result<TransactionNote> Add(TransactionNote note) =>
            note.Receipts.Any(one => one.Id == id) ? note
            : note.Receipts.Length >= TransactionNote.MaxReceipts
                ? new InvalidInputError(ReceiptField, "A transaction can have five receipts. Remove one first.")
            : note with { Receipts = note.Receipts.Add(receipt) };

        var before = Add(await notes.ReadNoteAsync(actor.UserId, transferId, ct));
        if (!before.IsSuccess)
        {
            return before.Error;
        }

        await documents.KeepAsync(KeyOf(actor.UserId, transferId, id), content, receipt.AddedAt, ct);
        return await WriteAsync(actor, transferId, Add, ct);
    }

    /// <summary>Removes a receipt with its file. Removing one that is gone succeeds.</summary>
    public async Task<Result<TransactionNote>> RemoveReceiptAsync(
        Actor actor, string transferId, string receiptId, CancellationToken ct = default)
    {
        var changed = await ChangeAsync(
            actor, transferId, note => note with { Receipts = note.Receipts.RemoveAll(one => one.Id == receiptId) }, ct);
        if (changed.IsSuccess && IsReceiptId(receiptId))
        {
            await documents.RemoveAsync(KeyOf(actor.UserId, transferId, receiptId), ct);
        }

        return changed;
    }

    /// <summary>Reads a receipt with its content.</summary>
    public async Task<Result<ReceiptFile>> FindReceiptAsync(
        Actor actor, string transferId, string receiptId, CancellationToken ct = default)
    {
        var note = await ReadAsync(actor, transferId, ct);
        return !note.IsSuccess ? note.Error
            : note.Value.Receipts.FirstOrDefault(one => one.Id == receiptId) is { } receipt
                && await documents.FindAsync(KeyOf(actor.UserId, transferId, receipt.Id), ct) is { } document
                ? new ReceiptFile(receipt, document.Content, document.Hash)
            : new NotFoundError("receipt");
    }

    private static DocumentKey KeyOf(string userId, string transferId, string receiptId) =>
        new($"receipt#{userId}#{transferId}", receiptId);

    private static bool IsReceiptId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    // The last part of the path, with the ending of what it is: a name proves nothing.
    private static string NameOf(string? name, ReceiptType type)
    {
        var clean = TextInput.Clean(name).Split('/', '\\')[^1];
        clean = string.Concat(clean.Where(c => !"<>:\"|?*;".Contains(c, StringComparison.Ordinal) && !char.IsSurrogate(c))).Trim('.', ' ');
        var point = clean.LastIndexOf('.');
        var stem = point > 0 ? clean[..point] : clean;
        stem = stem[..Math.Min(stem.Length, MaxNameLength)].Trim('.', ' ');
        return (stem.Length == 0 ? "receipt" : stem) + type.Ending();
    }

    private async Task<Error?> RefusalAsync(Actor actor, string transferId, CancellationToken ct) =>
        !actor.Is(BankRoles.Customer) ? new NotAllowedError()
        : !DerivedId.IsWellFormed(transferId)
            || await ledger.FindTransferAsync(transferId, ct) is not { } transfer
            || !transfer.Concerns(actor.UserId) ? new NotFoundError("transaction")
        : null;

    private async Task<Result<TransactionNote>> ChangeAsync(
        Actor actor, string transferId, Func<TransactionNote, Result<TransactionNote>> change, CancellationToken ct) =>
        await RefusalAsync(actor, transferId, ct) is { } refusal ? refusal : await WriteAsync(actor, transferId, change, ct);

    private async Task<Result<TransactionNote>> WriteAsync(
        Actor actor, string transferId, Func<TransactionNote, Result<TransactionNote>> change, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var changed = change(await notes.ReadNoteAsync(actor.UserId, transferId, ct));
            if (!changed.IsSuccess)
            {
                return changed.Error;
            }

            if (await notes.TryWriteNoteAsync(actor.UserId, transferId, changed.Value, ct))
            {
                return changed.Value with { Version = changed.Value.Version + 1 };
            }
        }

        return new BusyError();
    }
}
