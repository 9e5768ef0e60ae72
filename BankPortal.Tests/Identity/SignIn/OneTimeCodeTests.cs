using System.Text;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>One-time codes against the vectors of RFC 6238, appendix B (SHA-1, the last six of its eight digits).</summary>
[UnitTest]
public sealed class OneTimeCodeTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, 287082), InlineData(1111111109, 81804), InlineData(1111111111, 50471), InlineData(1234567890, 5924)]
    [InlineData(2000000000, 279037), InlineData(20000000000, 353130)]
    public void Compute_VectorOfTheStandard_Matches(long seconds, int code) =>
        Assert.Equal(code, OneTimeCode.Compute(Secret, OneTimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void DecodeSecret_AsShownToPeople_GivesTheBytes()
    {
        Assert.Equal(Secret, OneTimeCode.DecodeSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
        Assert.Equal(Secret, OneTimeCode.DecodeSecret("gezd gnbv gy3t qojq gezd gnbv gy3t qojq"));
        Assert.Null(OneTimeCode.DecodeSecret("not base32!"));
        Assert.Null(OneTimeCode.DecodeSecret(""));
    }

    [Theory]
    [InlineData(-2, false), InlineData(-1, true), InlineData(0, true), InlineData(1, true), InlineData(2, false)]
    public void FindStep_CodeOfANeighbour_IsAcceptedWithinOneStep(int distance, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111109);
        var step = OneTimeCode.StepAt(now) + distance;

        Assert.Equal(accepted ? step : null, OneTimeCode.FindStep(Secret, OneTimeCode.Compute(Secret, step), now));
    }

    [Theory]
    [InlineData("123456", 123456), InlineData("000 042", 42), InlineData(" 123-456 ", 123456)]
    public void TryReadCode_SixDigits_AreRead(string typed, int code)
    {
        Assert.True(OneTimeCode.TryReadCode(typed, out var read));
        Assert.Equal(code, read);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("12345"), InlineData("1234567"), InlineData("12345a")]
    [InlineData("+12345"), InlineData("١٢٣٤٥٦")]
    public void TryReadCode_AnythingElse_IsRefused(string? typed) => Assert.False(OneTimeCode.TryReadCode(typed, out _));
}
