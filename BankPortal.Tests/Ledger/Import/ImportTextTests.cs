using System.Text;
using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Tests.Ledger.Import;

[UnitTest]
public sealed class ImportTextTests
{
    private const string Text = "name\nMüller José €\n";

    public static TheoryData<string, byte[]> Unicode => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) },
        { "UTF-8 with mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16 LE", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16 BE", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)] },
    };

    public static TheoryData<byte[], ImportEncoding, string> Undecodable => new()
    {
        {
            [.. "name\r\nM"u8, 0xFC, .. "ller"u8],
            ImportEncoding.Unicode,
            "line 2, column 2: the byte 0xFC is not UTF-8. If the file comes from an older program, say which encoding it has: --encoding windows-1252 or --encoding latin-1."
        },
        {
            [.. "é€😀"u8, 0xC3],
            ImportEncoding.Unicode,
            "line 1, column 4: the byte 0xC3 is not UTF-8. If the file comes from an older program, say which encoding it has: --encoding windows-1252 or --encoding latin-1."
        },
        { [.. "ab\ncde"u8, 0x81], ImportEncoding.Windows1252, "line 2, column 4: the byte 0x81 is no character in Windows-1252." },
        {
            [.. "5 "u8, 0x80],
            ImportEncoding.Latin1,
            "line 1, column 3: the byte 0x80 is no character in Latin-1. Try --encoding windows-1252."
        },
        {
            [.. Encoding.Unicode.GetBytes("ab")],
            ImportEncoding.Unicode,
            "line 1, column 2: there is a NUL, which no text has. The file may be UTF-16 without a byte order mark: save it as UTF-8."
        },
        {
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\nb"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("c")],
            ImportEncoding.Unicode,
            "line 2, column 2: there is half of a character; the file is damaged."
        },
        {
            [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("😀"), 0x00],
            ImportEncoding.Unicode,
            "line 1, column 2: there is half of a character; the file is damaged."
        },
        {
            [.. Encoding.UTF8.Preamble, .. "a"u8],
            ImportEncoding.Latin1,
            "The file begins with a byte order mark, so it is Unicode. Leave out --encoding."
        },
    };

    [Theory, MemberData(nameof(Unicode))]
    public void ToUtf8_Unicode_KeepsEveryLetter(string name, byte[] content)
    {
        _ = name;
        Assert.Equal(Text, Encoding.UTF8.GetString(ImportText.ToUtf8(content, ImportEncoding.Unicode).Span));
    }

    [Fact]
    public void ToUtf8_EncodingNamed_KeepsEveryLetter()
    {
        Assert.Equal("Müller €", Utf8([0x4D, 0xFC, .. "ller "u8, 0x80], ImportEncoding.Windows1252));
        Assert.Equal("José", Utf8([.. "Jos"u8, 0xE9], ImportEncoding.Latin1));
    }

    [Theory, MemberData(nameof(Undecodable))]
    public void ToUtf8_ByteThatIsNoCharacter_IsRefusedWithItsPlace(byte[] content, ImportEncoding encoding, string says) =>
        Assert.Equal(says, Assert.Throws<FormatException>(void () => ImportText.ToUtf8(content, encoding)).Message);

    private static string Utf8(byte[] content, ImportEncoding encoding) =>
        Encoding.UTF8.GetString(ImportText.ToUtf8(content, encoding).Span);
}
