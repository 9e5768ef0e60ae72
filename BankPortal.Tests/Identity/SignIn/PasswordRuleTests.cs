namespace BankPortal.Tests.Identity.SignIn;

[UnitTest]
public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("Sunflower7")]
    [InlineData("Aaaaaaa1")]
    [InlineData("Éclair 2026 au lait")]
    [InlineData("quiet harbours.")]
    [InlineData("quiet harbour at night")]
    public void FirstProblem_KeepsEveryRule_IsNull(string password) => Assert.Null(PasswordRule.FirstProblem(password));

    [Theory]
    [InlineData(null, "Enter a password.")]
    [InlineData("", "Enter a password.")]
    [InlineData("Short1", "Use at least 8 characters.")]
    [InlineData("sunflower7", "Add an upper-case letter.")]
    [InlineData("Sunflowers", "Add a digit.")]
    [InlineData("fourteen chars", "Add an upper-case letter and a digit.")]
    [InlineData("sunflowers", "Add an upper-case letter and a digit.")]
    [InlineData("sun", "Use at least 8 characters, with an upper-case letter and a digit.")]
    public void FirstProblem_BreaksRules_SaysWhatToDo(string? password, string sentence) =>
        Assert.Equal(sentence, PasswordRule.FirstProblem(password));

    [Fact]
    public void FirstProblem_LongerThanTheLimit_IsRefused() =>
        Assert.NotNull(PasswordRule.FirstProblem("A1" + new string('a', PasswordRule.MaxLength)));
}
