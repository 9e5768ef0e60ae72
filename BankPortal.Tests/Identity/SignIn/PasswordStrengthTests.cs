namespace BankPortal.Tests.Identity.SignIn;

/// <summary>Which passwords are refused because they are easy to guess, at every length.</summary>
[UnitTest]
public sealed class PasswordStrengthTests
{
    private const string Email = "grace.hopper@navy.example";
    private const string Name = "Grace Brewster Hopper";

    [Theory]
    [InlineData("Password1"), InlineData("Qwerty123!"), InlineData("Summer2026!"), InlineData("Sunflower7"), InlineData("Jessica1990")]
    [InlineData("Aaaaaaa1"), InlineData("Zaq12wsx"), InlineData("P@ssw0rd2026"), InlineData("Trustno1!")]
    [InlineData("passwordpassword"), InlineData("aaaaaaaaaaaaaaaaaaaa"), InlineData("abcdefghijklmnopqrstuvwxyz")]
    [InlineData("123456789012345678"), InlineData("qwertyuiopasdfghjkl"), InlineData("iloveyouiloveyou"), InlineData("sunshine sunshine sunshine")]
    [InlineData("Correct7horse"), InlineData("Welcome2025!"), InlineData("Football2024!!"), InlineData("abcabcabcabcabcabc")]
    [InlineData("letmeinletmeinletmein"), InlineData("BankPortalBankPortal1")]
    public void Of_PasswordThatIsEasyToGuess_IsRefusedWithAReason(string password)
    {
        var strength = PasswordStrength.Of(password, Email, Name);

        Assert.False(string.IsNullOrEmpty(strength.Problem));
        Assert.InRange(strength.Score, 0, 2);
    }

    [Theory]
    [InlineData("k7Tz9QpX"), InlineData("Correct7horse-map"), InlineData("Windy-Orchard-52"), InlineData("Quiet-Harbour-71")]
    [InlineData("quiet harbour at night"), InlineData("correct horse battery staple"), InlineData("tres tristes tigres comen trigo")]
    [InlineData("d'ici peu le canard sourd rira des girouettes et des pendules en retard")]
    public void Of_PasswordThatIsHardToGuess_IsAccepted(string password) =>
        Assert.Null(PasswordStrength.Of(password, Email, Name).Problem);

    [Theory]
    [InlineData("Hopper-7x2q", true), InlineData("gracegracegrace", true), InlineData("gracehopper1906", true)]
    [InlineData("grace brewster hopper", true), InlineData("grace.hopper@navy", true)]
    [InlineData("grace under the apple tree", false), InlineData("no such person lives here", false)]
    public void Of_OwnNameOrAddress_IsAnEasyGuess(string password, bool isRefused)
    {
        Assert.Equal(isRefused, PasswordStrength.Of(password, Email, Name).Problem is not null);
    }

    [Fact]
    public void Of_OwnName_IsSaidToBeTheReason()
    {
        Assert.Equal("Do not use your name or e-mail address in the password.", PasswordStrength.Of("Hopper-7x2q", Email, Name).Problem);
        Assert.Contains("Your name", PasswordStrength.Of("gracehopper1906", Email, Name).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EasyPassword_GivesAdviceInSentences()
    {
        var strength = PasswordStrength.Of("Sunflower7", null, null);

        Assert.NotEmpty(strength.Advice);
        Assert.All(strength.Advice, sentence => Assert.Matches(@"^\S.*[^.]\.$", sentence));
        Assert.All(strength.Advice, sentence => Assert.Contains(sentence, strength.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_LongestPassword_IsJudgedByItsHarderEnd()
    {
        var easy = new string('a', PasswordRule.MaxLength);
        var hard = string.Concat(easy.AsSpan(0, PasswordRule.MaxLength - 16), "v7#Kq2!xW9@mZ4$t");

        Assert.NotNull(PasswordStrength.Of(easy, Email, Name).Problem);
        Assert.Null(PasswordStrength.Of(hard, Email, Name).Problem);
        Assert.Null(PasswordStrength.Of(string.Concat("v7#Kq2!xW9@mZ4$t", easy.AsSpan(16)), Email, Name).Problem);
    }

    [Theory]
    [InlineData(20), InlineData(48), InlineData(64), InlineData(128)]
    public void Of_RandomCharactersOfAnyLength_IsAcceptedWithTheHighestScore(int length)
    {
        // Drawn once: 128 characters without a pattern.
        const string random = "hR8#vT2q!mL9xW4zP7@cK3nB6yF1sD5gJ0uE-aQ8oI2wN7rV4tX9kM1pZ6bC3fH5"
            + "jG0dS$lY8eU2iO7aT4qR9wE1nK6vB3xM5zP0cJ-hF8gL2yD7uS4oI9bW1tQ6rN3a";

        Assert.True(PasswordStrength.Of(random[..length], Email, Name) is { Score: 4, Problem: null });
    }

    [Theory]
    [InlineData("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00"), InlineData("пароль пароль пароль"), InlineData("\ud800\ud800\ud800\ud800\ud800")]
    [InlineData(" "), InlineData("")]
    public void Of_AnyText_GivesAnAnswer(string password) => Assert.InRange(PasswordStrength.Of(password, null, null).Score, 0, 4);
}
