namespace BankPortal.Tests.Identity.SignIn;

[UnitTest]
public sealed class GuessablePasswordTests
{
    [Theory]
    [InlineData("Password1"), InlineData("PASSWORD"), InlineData("P@ssw0rd"), InlineData("P@ssw0rd!!")]
    [InlineData("123Welcome456"), InlineData("Qwerty123"), InlineData("1q2w3e4r"), InlineData("Summer2026!")]
    [InlineData("AAAAAAA1")]
    public void IsCommon_PasswordsEverybodyTries_AreCommon(string password) =>
        Assert.True(GuessablePassword.IsCommon(password));

    [Theory]
    [InlineData("Correct7horse"), InlineData("Tr0ubadour-staple"), InlineData("Passwordless9Kitchen")]
    public void IsCommon_Others_AreNot(string password) => Assert.False(GuessablePassword.IsCommon(password));

    [Theory]
    [InlineData("Xann.exampleX1", true), InlineData("MyEXAMPLE99", true), InlineData("Miller77Court", true)]
    [InlineData("Jo7bananatree", false), InlineData("Orchard7wind", false)]
    public void ContainsPersonalPart_NameOrAddress_IsFoundInAnyCase(string password, bool found) =>
        Assert.Equal(found, GuessablePassword.ContainsPersonalPart(password, "ann.example@mail.test", "Jo Smith-Miller"));

    [Fact]
    public void ContainsPersonalPart_NothingKnown_FindsNothing() =>
        Assert.False(GuessablePassword.ContainsPersonalPart("Anything1", null, null));
}
