namespace BankPortal.Tests.Fakes;

/// <summary>The beginnings of files.</summary>
public static class SampleReceipts
{
    public static byte[] Pdf { get; } = [.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 1, 2, 3];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    public static byte[] Png { get; } = [0x89, .. "PNG"u8, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    public static byte[] WebP { get; } = [.. "RIFF"u8, 9, 0, 0, 0, .. "WEBPVP8 "u8, 1];
}
