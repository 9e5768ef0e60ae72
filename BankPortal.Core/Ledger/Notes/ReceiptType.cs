namespace BankPortal.Core.Ledger.Notes;

/// <summary>The kinds of files that are taken as receipts. Names are stored.</summary>
public enum ReceiptType
{
    /// <summary>A PDF document.</summary>
    Pdf,

    /// <summary>A photo or picture in JPEG.</summary>
    Jpeg,

    /// <summary>A picture in PNG.</summary>
    Png,

    /// <summary>A picture in WebP.</summary>
    WebP,
}

/// <summary>Tells kinds of files by their content.</summary>
public static class ReceiptTypes
{
    /// <summary>Returns what a file is by its first bytes; <see langword="null"/> for anything that is not taken.</summary>
    public static ReceiptType? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? ReceiptType.Pdf
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ReceiptType.Jpeg
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? ReceiptType.Png
        : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? ReceiptType.WebP
        : null;

    /// <summary>The media type.</summary>
    public static string MediaType(this ReceiptType type) => type switch
    {
        ReceiptType.Pdf => "application/pdf",
        ReceiptType.Jpeg => "image/jpeg",
        ReceiptType.Png => "image/png",
        _ => "image/webp",
    };

    /// <summary>The ending of a file's name, with its point.</summary>
    public static string Ending(this ReceiptType type) => type switch
    {
        ReceiptType.Pdf => ".pdf",
        ReceiptType.Jpeg => ".jpg",
        ReceiptType.Png => ".png",
        _ => ".webp",
    };
}
