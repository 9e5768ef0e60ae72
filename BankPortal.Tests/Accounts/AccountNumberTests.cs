using FsCheck;
using FsCheck.Fluent;

namespace BankPortal.Tests.Accounts;

[UnitTest]
public sealed class AccountNumberTests
{
    private static readonly Gen<string> Numbers =
        Gen.Choose(1_0000_0000, 9_9999_9999).Select(nine =>
        {
            var digits = nine.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return digits + AccountNumber.CheckDigit(digits);
        });

    [Fact]
    public void CheckDigit_PublishedExample_Agrees()
    {
        // The worked example of ISO 7064 for MOD 11,10: 0794 has the check digit 5.
        Assert.Equal('5', AccountNumber.CheckDigit("0794"));
    }

    [Fact]
    public void TryParse_NumberWithItsCheckDigit_IsRead() =>
        Properties.Holds(Numbers, digits => AccountNumber.TryParse(digits, out var number) && number.Digits == digits);

    [Fact]
    public void TryParse_AnySingleWrongDigit_IsRefused() =>
        Properties.Holds(Numbers, digits =>
            Enumerable.Range(0, AccountNumber.Length).All(place =>
                Enumerable.Range(0, 10).Select(d => (char)('0' + d)).Where(d => d != digits[place]).All(wrong =>
                    !AccountNumber.TryParse(digits[..place] + wrong + digits[(place + 1)..], out _))));

    [Fact]
    public void TryParse_SwappedNeighbours_AreRefusedNearlyAlways()
    {
        var swaps = 0;
        var missed = 0;
        foreach (
            var digits in Enumerable
                .Range(0, 20_000)
                .Select(i => (100_000_000 + (i * 44_417L)).ToString(System.Globalization.CultureInfo.InvariantCulture))
        )
        {
            var number = digits + AccountNumber.CheckDigit(digits);
            for (var place = 0; place < AccountNumber.Length - 1; place++)
            {
                if (number[place] != number[place + 1])
                {
                    swaps++;
                    var swapped = number[..place] + number[place + 1] + number[place] + number[(place + 2)..];
                    missed += AccountNumber.TryParse(swapped, out _) ? 1 : 0;
                }
            }
        }

        Assert.True(missed <= swaps * 0.025, $"{missed} of {swaps} swaps were not noticed.");
    }

    [Fact]
    public void Random_ManyTimes_ReadsBackInEveryForm()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var number = AccountNumber.Random();

            Assert.Equal(AccountNumber.Length, number.Digits.Length);
            Assert.NotEqual('0', number.Digits[0]);
            Assert.Equal(number, AccountNumber.Parse(number.Digits));
            Assert.Equal(number, AccountNumber.Parse(number.Grouped));
        }
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Properties.Holds(Properties.AnyText, text =>
            !AccountNumber.TryParse(text, out var number) || number.Digits.Length == AccountNumber.Length
        );

    [Theory]
    [InlineData(" {0} "), InlineData("{1}-{2}"), InlineData("{1}.{2}"), InlineData("{1}\u00a0{2}")]
    public void TryParse_SeparatorsPeopleUse_DoNotMatter(string form)
    {
        var number = AccountNumber.Random();
        var text = string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            form,
            number.Digits,
            number.Digits[..4],
            number.Digits[4..]
        );

        Assert.True(AccountNumber.TryParse(text, out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("123456789"), InlineData("12345678901"), InlineData("0000000000")]
    [InlineData("12345 6789O"), InlineData("١٢٣٤٥٦٧٨٩٠"), InlineData("1234567890123456789012345678901234567890")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(AccountNumber.TryParse(text, out _));

    [Theory]
    [InlineData(null, "Enter the account number.")]
    [InlineData(" - ", "Enter the account number.")]
    [InlineData("123456789", "An account number has ten digits; this has 9.")]
    [InlineData("12345678901", "An account number has ten digits; this has 11.")]
    [InlineData("1234567890", "This account number does not exist as written. Check each digit.")]
    [InlineData("0123-456.789", "This account number does not exist as written. Check each digit.")]
    [InlineData("No 1234567890", "An account number has only digits. Remove all other characters.")]
    public void ErrorIn_NoAccountNumber_SaysWhatIsWrong(string? text, string expected) =>
        Assert.Equal(expected, AccountNumber.ErrorIn(text));

    [Fact]
    public void ErrorIn_AnyText_AgreesWithTryParse() =>
        Properties.Holds(Gen.OneOf(Properties.AnyText, Numbers, Numbers.Select(number => number[1..] + number[0])), text =>
            AccountNumber.TryParse(text, out _) == AccountNumber.ErrorIn(text) is null);

    [Fact]
    public void TryParse_LeadingZeroWithRightCheckDigit_IsRefused() =>
        Assert.False(AccountNumber.TryParse("012345678" + AccountNumber.CheckDigit("012345678"), out _));

    [Fact]
    public void ToString_Always_HidesAllButTheLastFour()
    {
        var number = AccountNumber.Random();

        Assert.Equal("••" + number.Digits[^4..], number.ToString());
        Assert.Equal("", default(AccountNumber).ToString());
        Assert.Throws<InvalidOperationException>(() => default(AccountNumber).Digits);
        Assert.Throws<FormatException>(() => AccountNumber.Parse("1234567890123"));
    }
}
