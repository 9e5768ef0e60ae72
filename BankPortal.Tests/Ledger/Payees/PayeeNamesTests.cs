using FsCheck;
using FsCheck.Fluent;

namespace BankPortal.Tests.Ledger.Payees;

[UnitTest]
public sealed class PayeeNamesTests
{
    private static readonly Gen<string> Names =
        Gen.Elements("Anna", "Schmidt", "O'Brien", "Müller", "Jean-Luc", "Li", "李小龍", "Иван", "de la Cruz", "X")
            .ArrayOf(2).Select(words => string.Join(' ', words));

    [Theory]
    [InlineData("Anna Schmidt", "Anna Schmidt")]
    [InlineData("anna schmidt", "ANNA SCHMIDT")]
    [InlineData("Schmidt, Anna", "Anna Schmidt")]
    [InlineData("Dr. Anna Schmidt", "Anna Schmidt")]
    [InlineData("Conor O'Brien", "Conor OBrien")]
    [InlineData("José Muñoz", "Jose Munoz")]
    [InlineData("Jean-Luc Picard", "Jean Luc Picard")]
    [InlineData("  Anna   Schmidt ", "Anna Schmidt")]
    [InlineData("李小龍", "李小龍")]
    public void Compare_SameNameWrittenDifferently_IsAMatch(string given, string held) =>
        Assert.Equal(NameMatch.Match, PayeeNames.Compare(given, held));

    [Theory]
    [InlineData("Ana Schmidt", "Anna Schmidt")]
    [InlineData("Anna Schmitd", "Anna Schmidt")]
    [InlineData("A Schmidt", "Anna Schmidt")]
    [InlineData("Anna Schmidt", "Anna Maria Schmidt")]
    [InlineData("Petra Mueller", "Petra Müller")]
    public void Compare_TypingErrorOrShortForm_IsACloseMatch(string given, string held) =>
        Assert.Equal(NameMatch.CloseMatch, PayeeNames.Compare(given, held));

    [Theory]
    [InlineData("Bob Miller", "Anna Schmidt")]
    [InlineData("Schmidt", "Anna Schmidt")]
    [InlineData("A S", "Anna Schmidt")]
    [InlineData("Anna Miller", "Anna Schmidt")]
    [InlineData("Anna", "Schmidt")]
    [InlineData("", "Anna Schmidt")]
    [InlineData("...", "Anna Schmidt")]
    [InlineData("Mr", "Mr")]
    public void Compare_OtherNameOrTooLittle_IsNoMatch(string given, string held) =>
        Assert.Equal(NameMatch.NoMatch, PayeeNames.Compare(given, held));

    [Fact]
    public void Compare_NameWithItself_IsAMatch() => Properties.Holds(Names, name => PayeeNames.Compare(name, name) == NameMatch.Match);

    [Fact]
    public void Compare_EitherWayRound_IsTheSame() =>
        Properties.Holds(Names.Two(), pair => PayeeNames.Compare(pair.Item1, pair.Item2) == PayeeNames.Compare(pair.Item2, pair.Item1));

    [Fact]
    public void Compare_AnyTexts_NeverThrows() =>
        Properties.Holds(Properties.AnyText.Two(), pair => Enum.IsDefined(PayeeNames.Compare(pair.Item1, pair.Item2)));

    [Fact]
    public void Compare_VeryLongName_NeverThrowsAtTheCut() =>
        Assert.Equal(NameMatch.NoMatch, PayeeNames.Compare(new string('a', 199) + "😀 and more", "Anna Schmidt"));
}
